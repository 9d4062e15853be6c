package meta

import (
	"strings"
	"unicode/utf8"
)

// months names the months in the languages of the press, as written in dates:
// full, inflected and shortened, without the full stops. A name that means
// another month in one language stands in monthsOf for that language.
var months = monthNames(0,
	// Latin script, by language family: Germanic, Romance, Slavic, Baltic, Uralic, Turkic, Celtic, others.
	`january jan januar januari jänner jän janúar janeiro janvier janv enero ene gennaio gen gener ianuarie ian xaneiro urtarrila urtarrilak urtarrilaren stycznia styczeń sty ledna leden led januára januarja siječnja siječanj sij janāris janvāris janvārī sausio sausis jaanuar tammikuuta tammikuu tammi január ocak oca yanvar janar janari eanáir ionawr yanuari enero tháng1 jannar`,
	`february feb februar februari feber febrúar fevereiro fev février fevrier févr fevr fév febrero febbraio febr febrer februarie febreiro otsaila otsailak otsailaren lutego luty lut února únor úno februára februarja veljače veljača velj februāris februārī vasario vasaris veebruar veebr helmikuuta helmikuu helmi február şubat subat şub fevral shkurt feabhra chwefror februwari pebrero frar`,
	`march mar märz maerz mrz mär marts mars março marco marzo março març mart martie martxoa martxoak martxoaren marca marzec března březen bře marca marec márc ožujka ožujak ožu marta mart marts martā kovo kovas märts maaliskuuta maaliskuu maalis március maret mac machi márta mawrth marso marzu maart mrt mars`,
	`april apr aprill abril abr avril avr aprile abrila apirila apirilak apirilaren aprilie kwietnia kwiecień kwi dubna duben dub apríla apríl aprila travnja travanj tra aprīlis aprīlī balandžio balandis huhtikuuta huhtikuu huhti április ápr nisan nis aprel prill aibreán ebrill aprili abril`,
	`may mai maí mei maio mayo maggio mag maig maiatza maiatzak maiatzaren maja maj května květen kvě mája máj svibnja svibanj svi maijs maijā gegužės gegužė toukokuuta toukokuu touko május máj mayıs bealtaine mai meí mejju`,
	`june jun juni júní junho juin junio giugno giu juny xuño ekaina ekainak ekainaren iunie iun czerwca czerwiec cze června červen čvn júna jún junija junij lipnja lipanj jūnijs jūnijā jūn birželio birželis juuni kesäkuuta kesäkuu kesä június jún haziran haz iyun qershor meitheamh mehefin juna hunyo ġunju`,
	`july jul juli júlí julho juillet juil julio luglio lug juliol xullo uztaila uztailak uztailaren iulie iul lipiec července červenec čvc júla júl julija julij srpnja srpanj jūlijs jūlijā jūl liepos liepa juuli heinäkuuta heinäkuu heinä július júl temmuz tem iyul korrik iúil gorffennaf julai hulyo lulju jula`,
	`august aug augusti ágúst agosto ago août aout aoû augustus agost abuztua abuztuak abuztuaren sierpnia sierpień sie srpna srpen srp augusta august avgusta avgust kolovoza kolovoz kol augusts augustā rugpjūčio rugpjūtis elokuuta elokuu elo augusztus ağustos agustos ağu avqust gusht lúnasa awst agosti awissu ogos`,
	`september sep sept setembro set septembre septiembre setiembre settembre sett setembre iraila irailak irailaren septembrie września wrzesień wrz září zář septembra rujna rujan ruj septembris septembrī rugsėjo rugsėjis syyskuuta syyskuu syys szeptember szept eylül eylul eyl sentyabr shtator meán medi septemba setyembre settembru`,
	`october oct oktober okt outubro out octobre octubre ottobre ott outubro urria urriak urriaren octombrie października październik paź října říjen říj októbra október oktobra listopad oktobris oktobrī spalio spalis oktoober lokakuuta lokakuu loka ekim eki oktyabr tetor deireadh hydref oktoba oktubre ottubru`,
	`november nov nóvember novembro novembre noviembre azaroa azaroak azaroaren noiembrie noi listopada lis listopadu novembra studenoga studenog studenoga studeni stu novembris novembrī lapkričio lapkritis marraskuuta marraskuu marras kasım kasim kas noyabr nëntor samhain tachwedd novemba nobyembre novembru nopember`,
	`december dec dezember dez desember des dezembro décembre decembre déc diciembre dic dicembre desembre decembro abendua abenduak abenduaren decembrie grudnia grudzień gru prosince prosinec pro decembra prosinca prosinac decembris decembrī gruodžio gruodis detsember dets joulukuuta joulukuu joulu aralık aralik ara dekabr dhjetor nollaig rhagfyr desemba disyembre diċembru dis`,
)

var monthsElsewhere = monthNames(0,
	// Cyrillic, Greek, Caucasian, Hebrew, Arabic, of India and of South East Asia.
	`января январь янв січня січень січ студзеня студзень студ януари яну јануар јануара јануари қаңтар январ ιανουαρίου ιανουάριος ιαν γενάρη იანვარი იანვარს იან հունվար հունվարի ינואר يناير جانفي ینوري جنوری ینایر जनवरी जन जानेवारी জানুয়ারি জানুয়ারী ਜਨਵਰੀ જાન્યુઆરી ஜனவரி జనవరి ಜನವರಿ ജനുവരി ජනවාරි มกราคม มค ມັງກອນ ဇန်နဝါရီ មករា`,
	`февраля февраль фев февр лютого лютий лют лютага люты февруари феб фебруар фебруара фебруари ақпан феврал φεβρουαρίου φεβρουάριος φεβ φεβρ თებერვალი თებერვალს თებ փետրվար փետրվարի פברואר فبراير فيفري فروری فوریه फरवरी फ़रवरी फर फेब्रुवारी ফেব্রুয়ারি ফেব্রুয়ারী ਫਰਵਰੀ ફેબ્રુઆરી பிப்ரவரி ఫిబ్రవరి ಫೆಬ್ರವರಿ ഫെബ്രുവരി පෙබරවාරි กุมภาพันธ์ กพ ກຸມພາ ဖေဖော်ဝါရီ កុម្ភៈ`,
	`марта март мар березня березень бер сакавіка сакавік март марта наурыз μαρτίου μάρτιος μαρ μάρ μαρτ მარტი მარტს მარ մարտ մարտի מרץ מרס مارس مارچ मार्च ਮਾਰਚ মার্চ માર્ચ மார்ச் మార్చి ಮಾರ್ಚ್ മാർച്ച് මාර්තු มีนาคม มีค ມີນາ မတ် មីនា`,
	`апреля апрель апр квітня квітень квіт красавіка красавік април априла сәуір апрел απριλίου απρίλιος απρ აპრილი აპრილს აპრ ապրիլ ապրիլի אפריל أبريل ابريل أفريل افريل آوریل اپریل अप्रैल अप्रै एप्रिल এপ্রিল ਅਪ੍ਰੈਲ એપ્રિલ ஏப்ரல் ఏప్రిల్ ಏಪ್ರಿಲ್ ഏപ്രിൽ අප්රේල් เมษายน เมย ເມສາ ဧပြီ មេសា`,
	`мая май травня травень трав траўня травень май мај маја мамыр μαΐου μάιος μαίου μάιου μαΐ μαϊ მაისი მაისს მაი մայիս մայիսի מאי مايو ماي أيار ايار مه مئی मई मे মে ਮਈ મે மே మే ಮೇ മെയ് മേയ് මැයි พฤษภาคม พค ພຶດສະພາ မေ ឧសភា`,
	`июня июнь июн червня червень черв чэрвеня чэрвень юни јун јуна јуни маусым ιουνίου ιούνιος ιουν ივნისი ივნისს ივნ հունիս հունիսի יוני يونيو يونيه جوان حزيران ژوئن جون जून ਜੂਨ জুন જૂન ஜூன் జూన్ ಜೂನ್ ജൂൺ ජූනි มิถุนายน มิย ມິຖຸນາ ဇွန် មិថុនា`,
	`июля июль июл липня липень лип ліпеня ліпень юли јул јула јули шілде ιουλίου ιούλιος ιουλ ივლისი ივლისს ივლ հուլիս հուլիսի יולי يوليو يوليه يوليوز جويلية تموز ژوئیه جولای جولائی जुलाई जुलै ਜੁਲਾਈ জুলাই જુલાઈ ஜூலை జులై జూలై ಜುಲೈ ജൂലൈ ජූලි กรกฎาคม กค ກໍລະກົດ ဇူလိုင် កក្កដា`,
	`августа август авг серпня серпень серп жніўня жнівень аугуст тамыз αυγούστου αύγουστος αυγ აგვისტო აგვისტოს აგვ օգոստոս օգոստոսի אוגוסט أغسطس اغسطس غشت أوت اوت آب اوت اگست अगस्त अग ऑगस्ट ਅਗਸਤ আগস্ট આગસ્ટ ઑગસ્ટ ஆகஸ்ட் ఆగస్టు ಆಗಸ್ಟ್ ഓഗസ്റ്റ് අගෝස්තු สิงหาคม สค ສິງຫາ ဩဂုတ် សីហា`,
	`сентября сентябрь сен сент вересня вересень вер верасня верасень септември септ септембар септембра сеп қыркүйек сентябр σεπτεμβρίου σεπτέμβριος σεπ σεπτ სექტემბერი სექტემბერს სექ սեպտեմբեր սեպտեմբերի ספטמבר سبتمبر شتنبر أيلول ايلول سپتامبر ستمبر सितंबर सितम्बर सित सप्टेंबर সেপ্টেম্বর ਸਤੰਬਰ સપ્ટેમ્બર செப்டம்பர் సెప్టెంబర్ సెప్టెంబరు ಸೆಪ್ಟೆಂಬರ್ സെപ്റ്റംബർ සැප්තැම්බර් กันยายน กย ກັນຍາ စက်တင်ဘာ កញ្ញា`,
	`октября октябрь окт жовтня жовтень жовт кастрычніка кастрычнік октомври октобар октобра қазан октябр οκτωβρίου οκτώβριος οκτ ოქტომბერი ოქტომბერს ოქტ հոկտեմբեր հոկտեմբերի אוקטובר أكتوبر اكتوبر أکتوبر اکتبر اکتوبر अक्टूबर अक्तूबर अक्टू ऑक्टोबर অক্টোবর ਅਕਤੂਬਰ ઑક્ટોબર ઓક્ટોબર அக்டோபர் అక్టోబర్ అక్టోబరు ಅಕ್ಟೋಬರ್ ഒക്ടോബർ ඔක්තෝබර් ตุลาคม ตค ຕຸລາ အောက်တိုဘာ តុលា`,
	`ноября ноябрь ноя нояб листопада листопад лист лістапада лістапад ноември ное новембар новембра қараша νοεμβρίου νοέμβριος νοε νοεμ ნოემბერი ნოემბერს ნოე նոյեմբեր նոյեմբերի נובמבר نوفمبر نونبر نوامبر نومبر नवंबर नवम्बर नव नोव्हेंबर নভেম্বর ਨਵੰਬਰ નવેમ્બર நவம்பர் నవంబర్ నవంబరు ನವೆಂಬರ್ നവംബർ නොවැම්බර් พฤศจิกายน พย ພະຈິກ နိုဝင်ဘာ វិច្ឆិកា`,
	`декабря декабрь дек грудня грудень груд снежня снежань декември декембар децембар децембра дец желтоқсан декабр δεκεμβρίου δεκέμβριος δεκ დეკემბერი დეკემბერს დეკ դեկտեմբեր դեկտեմբերի דצמבר ديسمبر دجنبر دسامبر دسمبر दिसंबर दिसम्बर दिस डिसेंबर ডিসেম্বর ਦਸੰਬਰ ડિસેમ્બર டிசம்பர் డిసెంబర్ డిసెంబరు ಡಿಸೆಂಬರ್ ഡിസംബർ දෙසැම්බර් ธันวาคม ธค ທັນວາ ဒီဇင်ဘာ ធ្នូ`,
)

// solar counts the months of the Persian calendar from 101: those of Iran and those of Afghanistan.
var solar = monthNames(100,
	`فروردین حمل`, `اردیبهشت ثور`, `خرداد جوزا`, `تیر سرطان`, `مرداد امرداد اسد`, `شهریور سنبله`,
	`مهر میزان`, `آبان ابان عقرب`, `آذر اذر قوس`, `دی جدی`, `بهمن دلو`, `اسفند حوت`,
)

// twofold are the Levantine months that share a first word.
var twofold = map[string]int{
	"كانون الثاني": 1, "شباط": 2, "آذار": 3, "اذار": 3, "نيسان": 4,
	"تشرين الأول": 10, "تشرين الاول": 10, "تشرين الثاني": 11, "كانون الأول": 12, "كانون الاول": 12,
}

// monthsOf has the names that mean another month in one language.
var monthsOf = map[string]map[string]int{
	"hr": {"listopada": 10, "lis": 10, "lip": 6, "srp": 7, "pro": 12},
	"bs": {"listopada": 10, "lis": 10, "lip": 6, "srp": 7},
	"cs": {"listopad": 11, "lis": 11},
	"pl": {"listopad": 11, "lip": 7},
}

func monthNames(base int, lists ...string) map[string]int {
	m := map[string]int{}
	for i, list := range lists {
		for _, w := range strings.Fields(list) {
			m[w] = base + i + 1
		}
	}
	return m
}

// longest is the longest month name, in bytes.
const longest = 48

// month gives the month that a word names where there is no number beside it, 0
// for none: short forms other than the English are names of people, too.
func month(word string) int {
	if len(word) == 3 && !strings.Contains("jan feb mar apr may jun jul aug sep oct nov dec", strings.ToLower(word)) {
		return 0
	}
	if m := monthIn(word, ""); m <= 12 {
		return m
	}
	return 0
}

// monthIn gives the month that a word of a language names, 0 for none; more than 100 in the Persian calendar.
func monthIn(word, language string) int {
	if len(word) < 2 || len(word) > longest {
		return 0
	}
	if k, short := monthStart(word); short && monthStarts[k/64]&(1<<(k%64)) == 0 {
		return 0
	}
	w := strings.ToLower(word)
	if w[0] >= 0xe0 { // พ.ย., and letters that are joined without a sign
		w = strings.NewReplacer(".", "", "\u200d", "").Replace(w)
	}
	if len(language) >= 2 {
		if m := monthsOf[language[:2]][w]; m > 0 {
			return m
		}
	}
	if w[0] < 0xca { // Latin
		return months[w]
	}
	if m := monthsElsewhere[w]; m > 0 {
		return m
	}
	if w[0] == 0xd8 || w[0] == 0xd9 || w[0] == 0xda || w[0] == 0xdb {
		if m := solar[strings.NewReplacer("ي", "ی", "ك", "ک").Replace(w)]; m > 0 { // typed on an Arabic keyboard
			return m
		}
	}
	if m := twofold[w]; m > 0 {
		return m
	}
	for _, prefix := range []string{"ב", "ל", "მ"} { // Hebrew writes "in" at the front
		if rest, ok := strings.CutPrefix(w, prefix); ok {
			return monthsElsewhere[rest]
		}
	}
	return 0
}

// monthStart is how a word begins, five bits a letter, if it is of ASCII as far as that.
func monthStart(word string) (k uint32, ascii bool) {
	for i := range min(3, len(word)) {
		if word[i] >= utf8.RuneSelf {
			return 0, false
		}
		k = k<<5 | uint32(word[i]&31)
	}
	return k, true
}

// monthStarts are how the months of Latin letters begin: nearly no other word has to be looked up.
var monthStarts = func() (t [1 << 15 / 64]uint64) {
	learn := func(names map[string]int) {
		for w := range names {
			if k, ascii := monthStart(w); ascii {
				t[k/64] |= 1 << (k % 64)
			}
		}
	}
	learn(months)
	for _, names := range monthsOf {
		learn(names)
	}
	return t
}()
