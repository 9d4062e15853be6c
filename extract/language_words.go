package extract

import (
	"strings"
	"sync"
)

// spokenWords are the commonest words of languages, grouped by script: those
// that any text of some sentences has, whatever it is about. A word that
// several languages share counts for each, and for less.
var spokenWords = []struct{ code, words string }{
	{"en", "the of and to in is that for it was on with as be by at this from are have not had they which you were but has their would been will said who more its about after than when there what one out up all"},
	{"de", "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch man"},
	{"fr", "de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont la avec son aux d'un cette d'une ont ses mais comme on tout nous sa fait été aussi leur bien peut ces y deux elle c'est n'est l'on était"},
	{"es", "de la que el en y a los se del las un por con no una su para es al lo como más o pero sus le ha me si sin sobre este ya entre cuando todo esta ser son dos también fue había era muy años hasta desde está donde han según"},
	{"pt", "de a o que e do da em um para com não uma os no se na por mais as dos como mas ao ele das à seu sua ou quando muito nos já eu também só pelo pela até isso ela entre depois sem mesmo aos são está foi ser há disse anos após"},
	{"it", "di e il la che in a per un è del non della le si una i con dei da sono alla più ha al nel anche come dal delle gli lo ma nella se su dalla questo stato ai ed degli alle era loro cui tra ancora sul anni fatto dopo due essere suo"},
	{"nl", "de van het een en in is dat op te zijn voor met die niet aan er om ook als dan maar bij uit nog naar heeft door over ze zich hij wordt was worden deze tot hebben werd of al wel geen dit hun kan haar meer zal moet jaar waar"},
	{"af", "die van en in is het nie 'n dat op te met vir was wat hy om sy ook hulle aan sal ons sê word as deur maar een kan daar uit by tot hom haar moet meer oor na jaar baie wees"},
	{"da", "og i at det en den til er af for på med de som der ikke et har fra var men om vi sig han eller så kan blev efter jeg også hvor nu skal ud da end over op når mere hvad blive ved noget mod hun flere havde må vil siger ifølge"},
	{"no", "og i det at en til er som på de med han av ikke for den der var meg seg men et har om vi fra ble etter sier også hun nå skal ut da enn over opp når mer hva bli ved noe mot flere hadde må vil være ifølge blir blant mens"},
	{"sv", "och i att det som en på är av för med den till inte har de ett om men han var sig så jag från vi kan när nu också efter där hon eller ut än över vid mot upp mer mycket ska skulle blev vara hur säger alla under enligt man finns sedan"},
	{"is", "og að í á er sem til við um en með fyrir það af hann var ekki hafa því eru frá verið þar hefur þess eftir þá segir svo ég einnig eða þeir sér verður upp út yfir hún þau hafi við"},
	{"fi", "ja on ei että se oli hän mutta ovat kuin joka myös ole sen mukaan kun sekä jo niin vain ne voi olla mitä tai jos nyt kanssa jossa hänen ennen vielä jonka jälkeen tämä eivät joita sitä vuonna kertoo sanoo oman"},
	{"et", "ja on ei et see oli ta kui mis ka aga ning oma või selle mille kes seda ole ma nii välja pole siis veel olnud tema eesti peale kuid mida need üle sest juba aasta pärast kus"},
	{"lv", "un ir ar no par ka uz tas arī lai bet kas kā pie pēc ja to vai līdz tiek gan jau ļoti nav tā tikai latvijas gada kuri savu tās bija būs viņš nevar"},
	{"lt", "ir kad į su iš tai bet kaip yra dėl už jo ar apie buvo tik nuo jau pat metų lietuvos kurie tačiau taip po bus savo prie nėra jis dar per teigė jų ne kuris"},
	{"pl", "i w na z się nie do to że jest o od po jak za ale są przez dla co oraz tym tego ma tylko być może czy już było który które ze także jego przed został jednak również roku był przy bardzo lat można"},
	{"cs", "a v na se je že s z do to o i ve pro za jako by po od který podle ale k jsou si už není také které bylo má jsme ze nebo být jeho tak byl jen při více roce aby před však když která"},
	{"sk", "a v na sa je že s z do to o aj pre za ako by po od ktorý podľa ale k sú si už nie tiež ktoré bolo má sme zo alebo byť jeho tak bol len pri viac roku aby pred však keď ktorá vo som"},
	{"hu", "a az és hogy nem is egy volt van meg de ez csak már el azt mint még után ki vagy szerint ha ezt kell pedig mert több minden lesz amely között olyan miatt aki most akkor lehet nagy sem"},
	{"ro", "și de în a la că cu o din pe nu pentru mai care să un este au se al fost ce prin ai sunt ale fi dar lui după cele sau unei fost între acest această sa către va ar când despre"},
	{"hr", "i u je na da se za su od s a o do ne koji što kako to će iz bi kao ali po biti nije više koja sam samo koje ili još bio jer smo te prema nakon također kada bez oko tako rekao godine"},
	{"sl", "in je v na za da se so pa z ki ne tudi s bi kot po ali še od iz do bo že le pri kar ni bil več kako med to sta lahko bilo pred vse zaradi leta ter tem tako o"},
	{"sq", "e të në i me për që një nga së dhe u ka se është do më nuk si ai kjo kanë edhe por janë tij ishte mund po këtë duke tyre pas ajo vetëm prej cilat deri"},
	{"tr", "ve bir bu da de için ile olarak çok daha en olan gibi sonra kadar ne o var ise diye her ancak oldu göre değil kendi olduğu bin iki ya mi yeni son olduğunu ilk dedi şekilde yıl tarafından"},
	{"az", "və bu bir ilə üçün də da ki olan daha isə edib sonra o onun olaraq ən çox edir olub görə kimi olduğunu var hər deyib qeyd həm azərbaycan edilib ildə dedi bildirib"},
	{"id", "yang dan di dengan untuk dari ini pada itu dalam tidak akan juga tersebut oleh ke karena adalah bisa ada telah mereka atau sudah menjadi kata lebih saat hari tahun kami saya seperti secara orang dapat"},
	{"vi", "và của là có các được cho trong một không với người này những đã từ khi đến để về như ra vào năm nhiều cũng sẽ ông tại trên theo đó công lại sau đang thì bị phải ở"},
	{"ca", "de la i el a que en les els per un amb una del és no al es han dels com més ha però ser també són aquest seva aquesta seu fins entre on l'any hi va sobre anys molt pel ja tot"},
	{"gl", "de a e o que do da en un os para unha non no as con por na máis se dos como ao das pola polo tamén foi súa seu pero nos xa está este desde sobre ser ata unha moi anos hai"},
	{"eu", "eta da ez du dira bat ere zen egin izan dute baina dela ditu beste egiten hau zuen bere urte izango dituzte duen behar hori oso egun esan horrek dago dut gure"},
	{"tl", "ang ng sa na mga ay at ni si para hindi ito may kay nang isang kung din pa mula niya ko lamang nila siya ayon naman dahil kanilang bilang noong wala rin kanyang"},
	{"sw", "na ya wa kwa ni katika za la kuwa cha yake hiyo huo huyo hilo kama lakini baada watu ambao pia wake alisema hii hata sana wakati serikali kutoka mwaka bila"},
	{"ga", "an na agus i is a ar go le do bhí sé ag tá de ní air sin mar ach bhfuil níl leis seo siad chun ó faoi gur ina raibh"},
	{"cy", "yn y a o i ar yr ei mae wedi am fod sydd gan bod ond gyda hefyd i'r ac o'r oedd i'w hyn nid cael eu roedd bydd at ein wrth"},
	{"mt", "li ta' ta f' u l-il minn għal ma' din dan kien kienet biex fuq dwar hija huwa mill wara mhux jew kif ukoll qal"},

	{"ru", "и в на не что с по как из это а к для его он за от был но у так было о все же до то только также их или при бы после есть уже будет который мы она где когда более этом сообщил может"},
	{"uk", "і в на не що з у до та як за це а про для його від він але по із був було також є ще так та бо щоб після може їх який які або під при вже буде року ми більше цього"},
	{"be", "і ў на не што з у да як за гэта а пра для яго ад ён але па быў было таксама ёсць яшчэ так каб пасля можа іх які якія або пад пры ужо будзе года мы больш"},
	{"bg", "на и в да за се от не с е че са по как като ще това до при но който която си беше които след или само има няма бъде още който между той тя няма има през към под"},
	{"mk", "на и во да за се од не со е дека ќе по како што тоа до при но кој која беше кои по или само има нема биде уште меѓу тој таа бил поради овој оваа сите"},
	{"sr", "и у је на да се за су од са а о до не који што како то ће из би као али по бити није више која само које или још био јер смо те према након такође када без око тако рекао године"},
	{"kk", "және бұл бір деп мен үшін бар да де үшін болып қазақстан туралы еді екен оның осы сол болды кейін бойынша емес жылы"},
	{"mn", "нь байна гэж энэ бол юм байгаа ба бөгөөд болон тухай монгол улсын дээр байсан хийх"},

	{"ar", "في من على إلى أن التي عن مع هذا الذي ما لا كان هذه و بعد كما أو بين قال بن خلال ذلك قد لم وقال حيث كل إن ثم عام"},
	{"fa", "و در به از که این را با است برای آن یک خود تا کرد بر هم نیز می شد ها گفت اما شده وی باید اند ما سال"},
	{"ur", "کے کی میں ہے سے اور کو نے کا پر کہ ہیں بھی یہ ایک اس تھا کر ہو لیے جو ان گیا نہیں کیا تھی کہا وہ"},
	{"ps", "د په او چې کې له دی ته کړي وي هم یې دا نه سره شوي هغه ده کې ویلي"},
	{"ckb", "لە بە و کە بۆ ئەم ئەو لەگەڵ دەکات کرد بوو هەر یان ناو کوردستان بەڵام ئەوە"},
	{"he", "של את על לא הוא עם זה כי גם היא אל כל אך יש או אם היה מה רק ב ל ו"},
	{"yi", "און איז די פון אין דער מיט צו דאָס ניט אַ האָט"},

	{"hi", "के में की है और से को का ने पर कि यह हैं एक भी इस नहीं लिए कर था ही तो वह या गया जो हो कहा"},
	{"mr", "आहे आणि या मध्ये ही हे तर असे केली होते आहेत व ते करण्यात असून त्यांनी झाली नाही म्हणून"},
	{"ne", "र छ को मा पनि छन् गर्ने भएको गरेको लागि हो यो थियो नै हुने उनले भने गर्न रहेको"},
}

// A lexicon finds the languages that have a word: a bit for each, by its place in spokenWords.
var spokenLexicon = sync.OnceValue(func() map[string]uint64 {
	m := map[string]uint64{}
	for i, l := range spokenWords {
		for _, w := range strings.Fields(l.words) {
			m[w] |= 1 << i
		}
	}
	return m
})
