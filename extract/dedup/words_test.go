package dedup

import (
	"slices"
	"strings"
	"testing"
)

func TestLandmarks(t *testing.T) {
	for _, c := range []struct {
		name, text string
		yes, no    []string // words that must be landmarks; content words that must be none
	}{
		{
			"english", `The ferry left on Monday. Yesterday Ingrid Vasholt told reporters in Brandvik that 1,240 passengers waited. Passengers complained. "Nobody called," Vasholt said.`,
			[]string{"ingrid", "vasholt", "brandvik", "1240", "monday"}, []string{"ferry", "reporters", "passengers", "called", "complained"},
		},
		{
			"an initial or a title ends no sentence", `It was Mr. Lindemann who spoke, and J. Durrow who listened. Durrow left early, Lindemann late.`,
			[]string{"lindemann", "durrow"}, []string{"spoke", "listened"},
		},
		{
			"german nouns are no names", `Am Dienstag teilte die Reederei mit, dass Angela Brandt die Leitung der Gesellschaft übernimmt. Die Regierung und der Vorstand begrüßten die Entscheidung, wie Brandt in Lübeck sagte. Nach der Sitzung wurde die Verwaltung von Brandt mit den 14 Plänen beauftragt, die der Hafen nicht wollte.`,
			[]string{"brandt", "lübeck", "angela", "14"}, []string{"reederei", "leitung", "gesellschaft", "regierung", "vorstand", "entscheidung", "sitzung", "verwaltung", "hafen"},
		},
		{
			"russian", `Вчера президент компании Ингрид Вашольт встретилась в Петрозаводске с пассажирами. Пассажиры ждали 9 часов, сообщила Вашольт журналистам.`,
			[]string{"ингрид", "вашольт", "петрозаводске", "9"}, []string{"президент", "компании", "пассажиры", "журналистам"},
		},
		{
			"greek", `Χθες η πρόεδρος Ελένη Δούρου συναντήθηκε στην Πάτρα με 40 επιβάτες του πλοίου.`,
			[]string{"ελένη", "πάτρα", "40"}, []string{"πρόεδρος", "επιβάτες", "πλοίου"},
		},
		{
			"japanese: katakana words, figures and Latin words", `運輸会社マレラインは火曜日、2031年までに船6隻をすべて入れ替えるとケストレルで発表した。NORDPRESS通信が伝えた。`,
			[]string{"マレライン", "ケストレル", "2031", "6"}, nil,
		},
		{
			"arabic figures and full-width figures", `وصل ٢١٤ راكبا إلى الميناء ثم عاد 17 منهم。2028年`,
			[]string{"214", "17", "2028"}, nil,
		},
	} {
		got, _ := words(c.text)
		find := func(s string) (anchor, found bool) {
			for _, w := range got {
				if w.hash == hashOf([]byte(s)) {
					found, anchor = true, anchor || w.anchor
				}
			}
			return anchor, found
		}
		for _, s := range c.yes {
			if anchor, found := find(s); !anchor {
				t.Errorf("%s: %q is no landmark (found %v)", c.name, s, found)
			}
		}
		for _, s := range c.no {
			if anchor, found := find(s); anchor || !found {
				t.Errorf("%s: %q: landmark %v, found %v", c.name, s, anchor, found)
			}
		}
	}
}

// What papers write either way must come to the same words.
func TestSpellings(t *testing.T) {
	for _, c := range []struct{ name, a, b string }{
		{"figures", "It cost 67,000 crowns and 4.5 percent", "It cost 67.000 crowns and 4,5 percent"},
		{"composed and decomposed accents", "Zoë bei Müller in Orléans", "Zoe\u0308 bei Mu\u0308ller in Orle\u0301ans"},
		{"korean particles", "대통령은 서울에서 국회를 방문했다", "대통령이 서울에 국회가 방문했다"},
		{"arabic article and hamza", "الرئيس أحمد زار المدينة القديمة", "رئيس احمد زار والمدينة القديمة"},
		{"arabic vowel signs", "الرَّئِيسُ وَصَلَ صباحا", "الرئيس وصل صباحا"},
		{"persian and arabic letters", "کتاب یاری", "كتاب ياري"},
		{"russian yo", "Новый полёт Алексея", "Новый полет Алексея"},
		{"full-width Latin", "NORDPRESS通信", "NORDPRESS通信"},
		{"function words do not count", "the ferry that was late", "a ferry, which were late"},
	} {
		hashes := func(s string) (h []uint64) {
			list, _ := words(s)
			for _, w := range list {
				h = append(h, w.hash)
			}
			return h
		}
		if a, b := hashes(c.a), hashes(c.b); !slices.Equal(a, b) || len(a) == 0 {
			t.Errorf("%s: %d words of %q and %d of %q differ", c.name, len(a), c.a, len(b), c.b)
		}
	}
}

func TestQuotations(t *testing.T) {
	for _, s := range []string{
		`He said "nobody called harbour" and left quickly`,
		`Er sagte: „nobody called harbour“ und left quickly`,
		`Il dit « nobody called harbour » puis left quickly`,
		`He said “nobody called harbour” and left quickly`,
		`He said 「nobody called harbour」 and left quickly`,
	} {
		list, _ := words(s)
		for _, w := range list {
			in := w.hash == hashOf([]byte("called")) || w.hash == hashOf([]byte("harbour")) || w.hash == hashOf([]byte("nobody"))
			if w.quoted != in {
				t.Errorf("%s: a word is quoted %v, want %v", s, w.quoted, in)
			}
		}
	}
	// A stray mark quotes nothing.
	list, _ := words("The 5\" pipe burst near the quay\n\nNobody was hurt there")
	for _, w := range list {
		if w.quoted {
			t.Error("a stray mark opened a quotation")
		}
	}
}

// invented are short reports in scripts that need segmentation of their own. Two of each, about different things.
var invented = map[string][2]Text{
	"chinese": {
		{Title: "渡轮公司将更换全部旧船", Body: "渡轮公司玛瑞莱恩星期二宣布,将在2031年之前更换六艘旧船。八个月前,载有214名乘客的“极光号”在斯卡霍姆岛附近触礁搁浅。总裁英格丽·瓦绍特在港口城市对记者表示,首批两艘新船由布兰维克船厂建造,将于2028年春季投入使用,每艘造价9600万克朗。\n\n她说:“我们曾经向岛民保证,他们再也不必为一艘拖船等待九个小时。”今年三月的事故造成17人受伤,外围岛屿的交通中断四天。退休法官林德曼领导的调查发现,该船的转向泵前一年已经两次失灵,维修工作却一再推迟。\n\n工会欢迎这项计划,但是质问费用由谁承担。交通部长杜罗表示,政府将为1.8亿克朗贷款提供担保,并希望公司在2029年以前冻结票价。议会定于11月14日投票表决。"},
		{Title: "山区小镇重新开放百年图书馆", Body: "经过三年的修缮,山区小镇费恩希尔的图书馆星期六重新向读者开放。这座建于1911年的石头建筑曾经因为屋顶漏水而关闭,馆内约四万册藏书被转移到附近的学校。镇长诺拉·基勒剪彩时说,居民们为修缮工程捐出了230万元,占总费用的一半以上。\n\n“孩子们终于又有了读书的地方。”她说。新的阅览室设有六十个座位,地下室改建成展览厅,首个展览介绍当地的采石历史。图书馆馆长卢卡斯·霍尔特说,他们还在阁楼里发现了一批一百多年前的手稿,其中包括一位牧师的日记,专家正在研究。\n\n图书馆每周开放六天,周一闭馆,镇上十六岁以下的青少年可以免费办理借书证。"},
	},
	"japanese": {
		{Title: "フェリー会社マレライン、旧型船をすべて更新へ", Body: "フェリー会社マレラインは火曜日、2031年までに旧型船6隻をすべて更新すると発表した。8カ月前には乗客214人を乗せたオーロラスカイ号がスカルホルム島沖で座礁している。\n\n最高経営責任者のイングリッド・バショルト氏はケストレルで記者会見し、最初の2隻はブランビク造船所で建造され、2028年春に就航し、費用は1隻あたり9600万クローネになると説明した。「島の人々に二度と救助を9時間も待たせないと約束した」と述べた。\n\n3月の事故では17人が負傷し、離島の交通が4日間途絶えた。元判事のリンデマン氏が率いた調査委員会は、操舵ポンプが前年に2度故障し、修理が先送りされていたと結論づけた。\n\n労働組合は計画を歓迎する一方、費用の負担を問題にしている。ドゥロー運輸相は政府が1億8000万クローネの融資を保証し、2029年まで運賃を据え置くよう求める考えを示した。議会は11月14日に採決する予定だ。"},
		{Title: "築百年の図書館、三年ぶりに再開", Body: "山あいの町ファーンヒルで土曜日、修復工事を終えた町立図書館が三年ぶりに開館した。1911年に建てられた石造りの建物は雨漏りのため閉鎖され、約4万冊の蔵書は近くの学校に移されていた。\n\nノラ・ケラー町長は式典で、住民の寄付が230万クローネに達し、工事費の半分以上をまかなったと感謝した。「子どもたちに本を読む場所が戻ってきた」と語った。\n\n新しい閲覧室には60席が設けられ、地下室は展示室に改装された。最初の展覧会では地元の石切り場の歴史を紹介している。館長のルーカス・ホルト氏によると、屋根裏からは牧師の日記を含む古い手稿が見つかり、専門家が調べている。開館は週6日で、月曜日は休館となる。"},
	},
	"korean": {
		{Title: "여객선 회사 마레라인, 낡은 배 모두 교체", Body: "여객선 회사 마레라인은 화요일 2031년까지 낡은 선박 6척을 모두 교체하겠다고 밝혔다. 여덟 달 전에는 승객 214명을 태운 오로라스카이호가 스카르홀름 앞바다에서 좌초했다.\n\n잉그리드 바숄트 최고경영자는 케스트렐 항구에서 기자들과 만나 첫 두 척은 브란비크 조선소에서 건조되어 2028년 봄에 취항하며 한 척당 비용은 9600만 크로네라고 설명했다. “섬 주민들이 다시는 예인선을 아홉 시간이나 기다리지 않도록 하겠다고 약속했다”고 말했다.\n\n지난 3월 사고로 17명이 다치고 바깥 섬들의 교통이 나흘 동안 끊겼다. 은퇴한 판사 린데만이 이끈 조사단은 조타 펌프가 전년도에 두 차례 고장 났으며 수리가 미뤄졌다고 결론 내렸다.\n\n노동조합은 계획을 환영하면서도 비용을 누가 부담할지 물었다. 두로 교통장관은 정부가 1억8000만 크로네 대출을 보증하고 2029년까지 요금 동결을 기대한다고 밝혔다. 의회는 11월 14일 표결할 예정이다."},
		{Title: "백 년 된 산골 도서관 다시 문 열어", Body: "산골 마을 펀힐의 도서관이 삼 년에 걸친 보수 공사를 마치고 토요일 다시 문을 열었다. 1911년에 지어진 석조 건물은 지붕에서 물이 새어 폐쇄되었고 장서 약 4만 권은 가까운 학교로 옮겨졌다.\n\n노라 켈러 읍장은 개관식에서 주민들이 공사비의 절반이 넘는 230만 크로네를 기부했다며 감사를 전했다. “아이들에게 책 읽을 곳이 다시 생겼다”고 말했다.\n\n새 열람실에는 좌석 60개가 마련되었고 지하실은 전시실로 바뀌었다. 첫 전시는 마을 채석장의 역사를 소개한다. 루카스 홀트 관장은 다락방에서 목사의 일기를 비롯한 오래된 원고가 발견되어 전문가들이 연구하고 있다고 설명했다. 도서관은 일주일에 엿새 동안 열린다."},
	},
	"thai": {
		{Title: "บริษัทเรือเฟอร์รี่มาเรไลน์จะเปลี่ยนเรือเก่าทั้งหมด", Body: "บริษัทเรือเฟอร์รี่มาเรไลน์ประกาศเมื่อวันอังคารว่าจะเปลี่ยนเรือเก่าทั้ง 6 ลำภายในปี 2031 หลังจากเรือออโรราสกายซึ่งมีผู้โดยสาร 214 คนเกยตื้นใกล้เกาะสการ์โฮล์มเมื่อแปดเดือนก่อน\n\nอิงกริด วาโชลต์ ผู้บริหารสูงสุดกล่าวกับผู้สื่อข่าวที่ท่าเรือเคสเทรลว่าเรือสองลำแรกจะต่อที่อู่แบรนด์วิกและเริ่มให้บริการในฤดูใบไม้ผลิปี 2028 ราคาลำละ 96 ล้านโครน “เราสัญญากับชาวเกาะว่าพวกเขาจะไม่ต้องรอเรือลากจูงเก้าชั่วโมงอีก”\n\nอุบัติเหตุในเดือนมีนาคมทำให้มีผู้บาดเจ็บ 17 คน และเกาะรอบนอกถูกตัดขาดสี่วัน คณะสอบสวนของอดีตผู้พิพากษาลินเดมันน์พบว่าปั๊มบังคับเลี้ยวขัดข้องสองครั้งในปีก่อนหน้าและการซ่อมแซมถูกเลื่อนออกไป\n\nสหภาพแรงงานยินดีกับแผนนี้แต่ถามว่าใครจะเป็นผู้จ่าย รัฐมนตรีคมนาคมดูร์โรว์กล่าวว่ารัฐบาลจะค้ำประกันเงินกู้ 180 ล้านโครนและหวังว่าบริษัทจะตรึงค่าโดยสารจนถึงปี 2029 รัฐสภาจะลงมติวันที่ 14 พฤศจิกายน"},
		{Title: "หอสมุดอายุร้อยปีในเมืองบนภูเขาเปิดอีกครั้ง", Body: "หอสมุดของเมืองเฟิร์นฮิลล์บนภูเขาเปิดให้ประชาชนเข้าใช้อีกครั้งเมื่อวันเสาร์หลังจากซ่อมแซมนานสามปี อาคารหินที่สร้างในปี 1911 ต้องปิดเพราะหลังคารั่ว หนังสือราวสี่หมื่นเล่มถูกย้ายไปเก็บที่โรงเรียนใกล้เคียง\n\nนายกเทศมนตรีโนรา เคลเลอร์กล่าวในพิธีเปิดว่าชาวเมืองบริจาคเงินกว่าครึ่งหนึ่งของค่าซ่อมแซม “เด็กๆ มีที่อ่านหนังสือแล้ว”\n\nห้องอ่านหนังสือใหม่มี 60 ที่นั่ง ชั้นใต้ดินปรับเป็นห้องนิทรรศการ นิทรรศการแรกเล่าประวัติของเหมืองหินในท้องถิ่น ผู้อำนวยการลูคัส โฮลต์เล่าว่าพบต้นฉบับเก่าในห้องใต้หลังคารวมทั้งบันทึกประจำวันของบาทหลวง ผู้เชี่ยวชาญกำลังศึกษาอยู่ หอสมุดเปิดสัปดาห์ละหกวันและปิดวันจันทร์"},
	},
	"arabic": {
		{Title: "شركة العبارات ماريلاين تستبدل جميع سفنها القديمة", Body: "أعلنت شركة العبارات ماريلاين يوم الثلاثاء أنها ستستبدل سفنها الست القديمة بحلول عام 2031، وذلك بعد ثمانية أشهر من جنوح السفينة أورورا سكاي قرب جزيرة سكارهولم وعلى متنها 214 راكبا.\n\nوقالت الرئيسة التنفيذية إنغريد فاشولت للصحفيين في ميناء كستريل إن أول سفينتين ستبنيان في حوض براندفيك وستدخلان الخدمة في ربيع عام 2028 بتكلفة 96 مليون كرونة لكل منهما. وأضافت «وعدنا سكان الجزر بأنهم لن ينتظروا قاطرة تسع ساعات مرة أخرى».\n\nوأسفر الحادث الذي وقع في مارس عن إصابة 17 شخصا وعزل الجزر الخارجية أربعة أيام. وخلص تحقيق قاده القاضي المتقاعد ليندمان إلى أن مضخة التوجيه تعطلت مرتين في العام السابق وأن الإصلاحات تأجلت.\n\nورحبت النقابات بالخطة لكنها تساءلت عمن سيدفع ثمنها. وذكرت وزيرة النقل دورو أن الحكومة ستضمن قرضا بقيمة 180 مليون كرونة وتتوقع تجميد الأسعار حتى عام 2029. ويصوت البرلمان في 14 نوفمبر."},
		{Title: "مكتبة عمرها مئة عام تفتح أبوابها من جديد في بلدة جبلية", Body: "فتحت مكتبة بلدة فيرنهيل الجبلية أبوابها للقراء يوم السبت بعد ترميم استمر ثلاث سنوات. وكان المبنى الحجري المشيد عام 1911 قد أغلق بسبب تسرب المياه من السقف، ونقل نحو أربعين ألف كتاب إلى مدرسة مجاورة.\n\nوشكرت رئيسة البلدية نورا كيلر السكان الذين تبرعوا بأكثر من نصف تكاليف الترميم. وقالت «عاد للأطفال مكان يقرؤون فيه».\n\nوتضم قاعة المطالعة الجديدة 60 مقعدا، وتحول القبو إلى قاعة عرض يروي معرضها الأول تاريخ المحاجر في المنطقة. وأوضح مدير المكتبة لوكاس هولت أن مخطوطات قديمة عثر عليها في العلية، بينها يوميات قسيس، يدرسها الخبراء حاليا. وتعمل المكتبة ستة أيام في الأسبوع."},
	},
	"russian": {
		{Title: "Паромная компания «Марелайн» заменит все старые суда", Body: "Паромная компания «Марелайн» объявила во вторник, что до 2031 года заменит все шесть старых судов. Восемь месяцев назад паром «Аврора Скай» с 214 пассажирами на борту сел на мель у острова Скархольм.\n\nГенеральный директор Ингрид Вашольт рассказала журналистам в порту Кестрел, что первые два судна построит верфь Брандвик. Они выйдут на линию весной 2028 года и обойдутся в 96 миллионов крон каждое. «Мы обещали островитянам, что им больше никогда не придётся девять часов ждать буксир», — подчеркнула Вашольт.\n\nВ результате мартовской аварии пострадали 17 человек, внешние острова на четыре дня остались без сообщения. Комиссия под руководством отставного судьи Оскара Линдемана установила, что рулевой насос за предыдущий год дважды выходил из строя, а ремонт откладывали.\n\nПрофсоюзы приветствовали план, но спросили, кто его оплатит. Министр транспорта Хелена Дарроу пообещала, что правительство выступит гарантом кредита на 180 миллионов крон. Парламент проголосует 14 ноября."},
		{Title: "Столетняя библиотека в горном городке открылась после ремонта", Body: "В субботу в горном городке Фернхилл после трёхлетнего ремонта открылась библиотека. Каменное здание 1911 года пришлось закрыть из-за протекающей крыши, около сорока тысяч книг перевезли в соседнюю школу.\n\nМэр Нора Келлер поблагодарила жителей, которые собрали больше половины средств. «У детей снова есть место для чтения», — заметила она на церемонии.\n\nВ новом читальном зале 60 мест, подвал превратили в выставочный зал, первая экспозиция посвящена местным каменоломням. Директор Лукас Холт рассказал, что на чердаке нашли старинные рукописи, среди которых дневник священника. Сейчас их изучают специалисты. Библиотека работает шесть дней в неделю."},
	},
	"german": {
		{Title: "Reederei Mareline ersetzt alle alten Fähren", Body: "Die Reederei Mareline will bis 2031 alle sechs alten Schiffe ersetzen. Das kündigte das Unternehmen am Dienstag an, acht Monate nachdem die Aurora Skye mit 214 Passagieren vor Skarholm auf Grund gelaufen war.\n\nVorstandschefin Ingrid Vasholt erklärte vor Journalisten in Kestrel, die ersten beiden Schiffe würden auf der Werft Brandvik gebaut, im Frühjahr 2028 in Dienst gestellt und je 96 Millionen Kronen kosten. „Wir haben den Inseln versprochen, dass sie nie wieder neun Stunden auf einen Schlepper warten“, sagte Vasholt.\n\nBei dem Unglück im März wurden 17 Menschen verletzt, die äußeren Inseln waren vier Tage lang abgeschnitten. Eine Untersuchung unter dem früheren Richter Oskar Lindemann ergab, dass die Ruderpumpe im Jahr zuvor zweimal ausgefallen und die Reparatur aufgeschoben worden war.\n\nDie Gewerkschaften begrüßten den Plan, fragten aber nach der Bezahlung. Verkehrsministerin Helena Durrow stellte eine Bürgschaft über 180 Millionen Kronen in Aussicht. Das Parlament stimmt am 14. November ab."},
		{Title: "Hundertjährige Bücherei in Fernhill wieder geöffnet", Body: "Nach drei Jahren Umbau hat die Bücherei der Bergstadt Fernhill am Samstag wieder geöffnet. Das steinerne Haus von 1911 war wegen eines undichten Dachs geschlossen worden, rund 40.000 Bände kamen in einer Schule unter.\n\nBürgermeisterin Nora Keller dankte den Einwohnern, die mehr als die Hälfte der Kosten gespendet haben. „Die Kinder haben wieder einen Ort zum Lesen“, sagte sie bei der Feier.\n\nDer neue Lesesaal hat 60 Plätze, der Keller dient als Ausstellungsraum; die erste Schau zeigt die Geschichte der Steinbrüche. Auf dem Dachboden fanden sich alte Handschriften, darunter das Tagebuch eines Pfarrers, berichtete der Leiter Lukas Holt. Fachleute untersuchen sie. Geöffnet ist an sechs Tagen in der Woche."},
	},
}

// respell makes a new word of every nth one, as a paraphraser would: names and figures stay. Where there are no spaces it swaps
// two characters after every n.
func respell(text string, n int, spaced bool) string {
	if spaced {
		f := strings.Split(text, " ")
		for i := range f {
			r := []rune(f[i])
			if i%n == n-1 && len(r) > 2 && strings.ToLower(f[i]) == f[i] && !strings.ContainsAny(f[i], "0123456789\n.,") {
				slices.Reverse(r)
				f[i] = string(r)
			}
		}
		return strings.Join(f, " ")
	}
	r := []rune(text)
	for i := n; i+1 < len(r); i += n {
		if a, b := kindOf(r[i]), kindOf(r[i+1]); a == b && (a == han || a == cluster) {
			r[i], r[i+1] = r[i+1], r[i]
		}
	}
	return string(r)
}

func TestScripts(t *testing.T) {
	for name, pair := range invented {
		spaced := name != "chinese" && name != "japanese" && name != "thai"
		ferry, library := pair[0], pair[1]
		at := func(t Text, site string) Text { t.Site = site; return t }
		spun := ferry
		spun.Body = respell(ferry.Body, map[bool]int{true: 3, false: 9}[spaced], spaced)
		g := NewGrouper(0)
		for _, c := range []struct {
			id    string
			text  Text
			story string
		}{
			{"ferry", at(ferry, "a.test"), "ferry"},
			{"library", at(library, "a.test"), "library"},
			{"copy", at(ferry, "b.test"), "ferry"},
			{"spun", at(spun, "c.test"), "ferry"},
			{"cut", at(half(ferry), "d.test"), "ferry"},
			{"spun and cut", at(half(spun), "e.test"), "ferry"},
		} {
			got, err := g.Add(c.id, c.text)
			if err != nil {
				t.Fatal(err)
			}
			if got.Story != c.story {
				t.Errorf("%s: %s lies in %s, want %s", name, c.id, got.Story, c.story)
			}
			t.Logf("%s: %-12s %-10s %.2f %s", name, c.id, got.Relation, got.Score, got.Why)
		}
	}
}
