package extract

// pleaWords are, by language, what a line says that asks its reader for
// something, in small letters and without final stops. Every other word may be
// cut short. A verb is an imperative that begins its clause; "~" before it: it
// may stand anywhere, "$" after it: it ends the line, "?" before it: a price is not
// enough, since one may be told to try a soup as well.
var pleaWords = []entreaty{
	{ // in every language
		letter:  "newsletter|news letter|e-newsletter",
		network: "facebook|whatsapp|telegram|instagram|twitter|youtube|tiktok|google news|linkedin|viber|bluesky|mastodon|flipboard|wechat|threads|snapchat|on x$|auf x$|sur x$|en x$|su x$|no x$|op x$|på x$|на x$",
		mail:    "e-mail|email|inbox|mailbox|e-posta|e-pošt",
	},
	{ // English
		subscribe: "subscribe|become a subscriber|become a member|become a supporter|take out a subscription|buy a subscription|get a subscription|choose a subscription|start your subscription|start your free trial|get unlimited|get full access|?unlock |?upgrade to|support us|?get the full",
		enrol:     "to subscribe to|to sign up for|to receive|sign up|signup|register|join |get |receive |want |click here to|tap here to|enter your|have the |have our |never miss|don't miss|don’t miss|stay informed|stay up to date",
		load:      "download|get |install|try |open ", follow: "follow us|follow our|join us on|join our|find us on|like us on|add us|connect with us|subscribe to our",
		share:  "share this|share the article|share the story|share on|share via",
		letter: "your inbox|email alerts|email briefing|daily briefing|morning briefing|mailing list|news alerts|your whatsapp|your telegram", app: "our app|our free app|our mobile app|our news app|our new app|our android|our ios|our iphone",
		offer: "all articles|all our articles|all stories|all our stories|every article|every story|our journalism|unlimited access|full access|unlimited articles|this article|this story|keep reading|read more|continue reading|first month|to our site|to support",
		here:  "this article|this story|this post|the article",
	},
	{ // German
		subscribe: "abonnieren|~jetzt abonnieren|~abo abschließen|~abo bestellen|abonniere|~jetzt testen|schließen sie ein abo|werden sie abonnent|werden sie mitglied|werde mitglied|werde abonnent|?testen sie|lesen sie alle|lesen sie unbegrenzt|?sichern sie sich|?schalten sie|weiterlesen mit|weiterlesen für|unterstützen sie uns|unterstütze uns",
		enrol:     "melden sie sich|melde dich|meldet euch|registrieren|tragen sie sich|trag dich|bestellen sie|erhalten sie|erhalte |lassen sie sich|hier geht es|hier geht's|hier geht’s|hier können sie|hier anmelden|~newsletter abonnieren|~newsletter bestellen|~newsletter anmelden|abonnieren|abonniere|~jetzt anmelden|verpassen sie|verpasse|nichts verpassen|nichts mehr verpassen|holen sie sich|hol dir",
		load:      "laden sie|lade |holen sie|hol dir|installieren sie|~herunterladen|~jetzt laden", follow: "folgen sie uns|folgen sie unser|folge uns|folgt uns|besuchen sie uns|abonnieren sie unser|abonniere unser|treten sie unser",
		share:  "teilen sie|teile diese|~ teilen$",
		letter: "morgenmail|rundbrief|in ihr postfach|in dein postfach|per mail", app: "unsere app|unsere kostenlose app|unsere neue app|unsere news-app|unsere nachrichten-app|unserer app|-app herunter",
		offer: "alle artikel|alle beiträge|alle texte|alle inhalte|unbegrenzt|weiterlesen|vollen zugang|zugriff|im monat|pro monat|monatlich|pro woche|im ersten monat|digitalabo|probeabo|unsere zeitung|diesen artikel|werbefrei",
		here:  "diesen artikel|diesen beitrag|artikel teilen",
	},
	{ // French
		subscribe: "abonnez-vous|s'abonner|s’abonner|abonne-toi|je m'abonne|je m’abonne|devenez abonné|?profitez de|découvrez nos offres|?testez |offre spéciale|offre d'abonnement|offre d’abonnement|offre découverte|soutenez-nous",
		enrol:     "inscrivez-vous|inscris-toi|s'inscrire|s’inscrire|recevez|reçois |pour recevoir|retrouvez|ne manquez|ne ratez|abonnez-vous|cliquez ici",
		load:      "téléchargez|télécharger|installez|découvrez", follow: "suivez-nous|suis-nous|suivez notre|rejoignez-nous|rejoignez notre|retrouvez-nous|abonnez-vous à notre|suivez toute",
		share:  "partagez|partager cet|partager l'article|partager l’article",
		letter: "infolettre|lettre d'information|lettre d’information|boîte mail|boîte de réception|boite mail|notre matinale", app: "notre application|notre appli|l'application du|l’application du",
		offer: "tous nos articles|tous les articles|l'intégralité|l’intégralité|en illimité|sans limite|accès illimité|lire la suite|par mois|/mois|le premier mois|sans engagement|cet article|par semaine|pour 1 |notre journal|nos contenus",
		here:  "cet article|l'article|l’article",
	},
	{ // Spanish
		subscribe: "suscríbete|suscríbase|suscribirse|suscribite|hazte socio|hazte suscriptor|hágase socio|hágase suscriptor|?accede a|?acceda a|?prueba |apóyanos|apóyenos",
		enrol:     "apúntate|apúntese|regístrate|regístrese|inscríbete|inscríbase|recibe|reciba|recibí |no te pierdas|quiero recibir|suscríb|haz clic|haga clic",
		load:      "descarga|descárgate|descárgue|baja |instala", follow: "síguenos|síganos|seguinos|únete a nuestro|únete al|únase a nuestro|sigue nuestro|siga nuestro|sumate a nuestro|suscríbete a nuestro canal",
		share:  "comparte est|comparta est|compartir est|comparte la noticia|comparte el artículo|comparte en tus|compartí est",
		letter: "boletín|boletines|tu correo|su correo|tu bandeja", app: "nuestra app|nuestra aplicación|la app de",
		offer: "todos los artículos|todos nuestros|todas las noticias|todo el contenido|contenido exclusivo|contenidos exclusivos|acceso ilimitado|sin límites|ilimitad|seguir leyendo|al mes|a la semana|el primer mes|nuestro periodismo|este artículo|esta noticia",
		here:  "este artículo|esta noticia|esta nota",
	},
	{ // Italian
		subscribe: "abbonati|abbonatevi|abbònati|attiva l'abbonamento|attiva l’abbonamento|sottoscrivi|diventa socio|?accedi a|?leggi tutti|sostienici|sostieni il",
		enrol:     "iscriviti|iscrivetevi|registrati|ricevi|ricevete|vuoi ricevere|clicca qui|non perdere|per ricevere",
		load:      "scarica|installa", follow: "seguici|seguiteci|segui il nostro|segui la nostra|segui il canale|unisciti|entra nel nostro|resta aggiornato",
		share:  "condividi|condividete",
		letter: "bollettino|le nostre notizie|tua casella|tua mail|tua posta", app: "nostra app|nostra applicazione|l'app di|l’app di",
		offer: "tutti gli articoli|tutti i nostri|tutti i contenuti|accesso illimitato|senza limiti|al mese|a settimana|il primo mese|continuare a leggere|questo articolo|nostro giornale",
		here:  "questo articolo|questa notizia|l'articolo|l’articolo",
	},
	{ // Portuguese
		subscribe: "assine|assina |torne-se assinante|seja assinante|torna-te assinante|faça uma assinatura|faça a sua assinatura|?tenha acesso|subscreva",
		enrol:     "inscreva-se|inscreve-te|subscreva|subscreve|cadastre-se|registe-se|registre-se|receba|recebe |clique aqui|não perca",
		load:      "baixe|baixa |descarregue|instale|faça o download", follow: "siga-nos|siga o nosso|siga nosso|siga a nossa|siga o canal|siga o perfil|segue-nos|junte-se ao nosso|entre no nosso|entre para o nosso|participe do nosso|acompanhe-nos|participe do canal",
		share:  "partilhe|compartilhe|partilha est|compartilhar esta|compartilhar este",
		letter: "boletim|boletins|seu e-mail|sua caixa|teu e-mail", app: "nosso app|nosso aplicativo|nossa app|nossa aplicação",
		offer: "todos os artigos|todas as notícias|todas as reportagens|todo o conteúdo|todos os conteúdos|acesso ilimitado|sem limites|por mês|por semana|primeiro mês|continuar a ler|continuar lendo|nosso jornalismo|este artigo|esta reportagem",
		here:  "este artigo|esta notícia|esta reportagem",
	},
	{ // Catalan, Galician
		subscribe: "subscriu-te|subscriviu-vos|fes-te subscriptor|fes-te soci|subscríbete|faite soci|subscríbase",
		enrol:     "apunta't|apunta’t|apunteu-vos|rep |rebeu|inscriu-te|apúntate|recibe|subscriu-te|subscríbete",
		load:      "descarrega|baixa't|descarga", follow: "segueix-nos|seguiu-nos|uneix-te al nostre|ségueos|séguenos|únete á nosa",
		share: "comparteix aquest|compartiu|comparte est", letter: "butlletí|boletín|teu correu|teu correo",
		app: "nostra app|nostra aplicació|nosa app|nosa aplicación", offer: "tots els articles|tots els continguts|al mes|todos os artigos|periodisme|xornalismo|sense límits|sen límites",
		here: "aquest article|aquesta notícia|este artigo|esta nova",
	},
	{ // Romanian
		subscribe: "abonează-te|abonați-vă|abonaţi-vă|fă-ți abonament|fă-ţi abonament|cumpără un abonament|devino abonat",
		enrol:     "înscrie-te|înscrieți-vă|abonează-te|abonați-vă|primește|primiți|primeşte|vrei să primești",
		load:      "descarcă|descărcați|instalează", follow: "urmărește-ne|urmăriți-ne|urmăreşte-ne|alătură-te|intră pe canalul|abonează-te la canalul",
		share:  "distribuie articol|distribuie acest|distribuie pe|distribuiți",
		letter: "buletin|newsletter-ul", app: "aplicația noastră|aplicaţia noastră",
		offer: "toate articolele|tot conținutul|acces nelimitat|fără limite|pe lună|lei/lună|prima lună|acest articol",
		here:  "articolul|acest articol|această știre",
	},
	{ // Dutch
		subscribe: "abonneer|word abonnee|neem een abonnement|sluit een abonnement|word lid|lees onbeperkt|?probeer |steun ons",
		enrol:     "schrijf je in|schrijf u in|meld je aan|meld u aan|ontvang|abonneer|~aanmelden voor|krijg |mis niets|wil je|wilt u",
		load:      "download|installeer", follow: "volg ons|volg onze|abonneer je op ons|word lid van onze|like ons|sluit je aan bij",
		share:  "deel dit|deel deze|deel het",
		letter: "nieuwsbrief|nieuwsbrieven|je mailbox|uw mailbox|je inbox", app: "onze app|onze gratis app|onze nieuws-app|onze nieuwsapp",
		offer: "alle artikelen|alle verhalen|onbeperkt|per maand|per week|eerste maand|verder lezen|lees verder|dit artikel|onze journalistiek",
		here:  "dit artikel|dit bericht|dit verhaal",
	},
	{ // Afrikaans
		subscribe: "teken in|word 'n intekenaar|word ’n intekenaar", enrol: "teken in|skryf in|ontvang|meld aan", load: "laai ons|laai die", follow: "volg ons|sluit aan by ons", share: "deel hierdie",
		letter: "nuusbrief", app: "ons app|ons toep", offer: "alle artikels|per maand|onbeperk", here: "hierdie artikel|hierdie storie",
	},
	{ // Polish
		subscribe: "wykup|subskrybuj|zostań subskrybentem|zostań prenumeratorem|zamów prenumeratę|kup subskrypcję|kup prenumeratę|kup dostęp|zaprenumeruj|?odblokuj|?czytaj więcej|wesprzyj nas",
		enrol:     "zapisz się|zapiszcie się|zarejestruj się|otrzymuj|dołącz|chcesz otrzymywać|zamów|subskrybuj|bądź na bieżąco",
		load:      "pobierz|ściągnij|zainstaluj", follow: "obserwuj nas|śledź nas|polub nas|dołącz do nas|dołącz do nasz|znajdź nas|subskrybuj nasz|obserwuj nasz",
		share:  "udostępnij|podziel się|udostępnijcie",
		letter: "newslettera|biuletyn|twojej skrzynce|twoją skrzynkę|swojej skrzynce", app: "naszą aplikację|naszej aplikacji",
		offer: "wszystkie artykuły|wszystkich artykułów|bez ograniczeń|bez limitu|nieograniczony|miesięcznie|za miesiąc|na miesiąc|pierwszy miesiąc|subskrypcj|prenumerat|czytaj dalej|wszystkie treści|ten artykuł",
		here:  "ten artykuł|tę wiadomość|ten tekst|artykułem",
	},
	{ // Czech
		subscribe: "předplaťte|předplať si|staňte se předplatit|staňte se členem|získejte předplatné|objednejte si předplatné|kupte si předplatné|aktivujte",
		enrol:     "přihlaste se|přihlas se|odebírejte|odebírej|zaregistrujte|registrujte|zapište se|dostávejte|objednejte si|nechte si posílat|chcete dostávat",
		load:      "stáhněte|stáhni|nainstalujte", follow: "sledujte nás|sleduj nás|sledujte náš|připojte se|přidejte se k nám|najdete nás",
		share:  "sdílejte|sdílej |nasdílejte",
		letter: "zpravodaj|vašeho e-mailu|do e-mailu|do vaší schránky|do schránky", app: "naši aplikaci|naší aplikac",
		offer: "všechny články|všechen obsah|neomezen|bez omezení|měsíčně|za měsíc|první měsíc|celý článek|předplatné|naši práci|tento článek",
		here:  "článek|tento text|zprávu",
	},
	{ // Slovak
		subscribe: "predplaťte|predplať si|staňte sa predplatiteľ|získajte predplatné|objednajte si predplatné|kúpte si predplatné|podporte nás",
		enrol:     "prihláste sa|prihlás sa|odoberajte|odoberaj|zaregistrujte|zapíšte sa|dostávajte|objednajte si|chcete dostávať",
		load:      "stiahnite|stiahni|nainštalujte", follow: "sledujte nás|sleduj nás|sledujte náš|pridajte sa k nám|pripojte sa",
		share:  "zdieľajte|zdieľaj |zdielajte",
		letter: "spravodaj|vášho e-mailu|do e-mailu|do vašej schránky", app: "našu aplikáciu|našej aplikác",
		offer: "všetky články|všetok obsah|neobmedzen|bez obmedzen|mesačne|za mesiac|prvý mesiac|celý článok|predplatné|tento článok",
		here:  "článok|tento text|správu",
	},
	{ // Slovene
		subscribe: "naročite se|naroči se|postanite naročnik|sklenite naročnino", enrol: "prijavite se|prijavi se|naročite se|naroči se|prejemajte|vpišite", load: "prenesite|naložite|prenesi", follow: "sledite nam|spremljajte nas|pridružite se nam|sledite naš",
		share: "delite", letter: "e-novic|novičnik|e-poštni predal|glasilo", app: "našo aplikacijo", offer: "vse članke|vse vsebine|neomejen|na mesec|mesečno|vse naše", here: "članek|novico|prispevek",
	},
	{ // Croatian, Bosnian, Serbian in Latin letters
		subscribe: "pretplatite se|pretplati se|postanite pretplatnik|postani pretplatnik|postanite član|kupite pretplatu|aktivirajte pretplatu",
		enrol:     "prijavite se|prijavi se|pretplatite se|pretplati se|registrujte se|registrirajte se|primajte|učlanite se|dobijajte", load: "preuzmite|preuzmi|skinite|instalirajte", follow: "pratite nas|prati nas|zapratite|pridružite nam se|pridružite se nam|pridružite se naš|lajkajte nas|pratite naš",
		share: "podijelite|podelite", letter: "bilten|vaš e-mail|vaš mejl|vaš inbox", app: "našu aplikaciju|našu mobilnu",
		offer: "sve članke|sve tekstove|sav sadržaj|neograničen|bez ograničenja|mjesečno|mesečno|prvi mjesec|sve naše", here: "članak|ovu vijest|ovu vest|ovaj tekst",
	},
	{ // Serbian
		subscribe: "претплатите се|претплати се|постаните претплатник|постаните члан", enrol: "пријавите се|пријави се|претплатите се|региструјте се|примајте", load: "преузмите|преузми|инсталирајте", follow: "пратите нас|прати нас|запратите|придружите нам се|пратите наш",
		share: "поделите", letter: "билтен|њузлетер|ваш мејл", app: "нашу апликацију", offer: "све чланке|све текстове|сав садржај|неограничен|месечно|све наше", network: "фејсбук|инстаграм|вајбер|вотсап|телеграм|твитер|јутјуб", here: "чланак|ову вест|овај текст",
	},
	{ // Macedonian
		subscribe: "претплатете се|претплати се|станете претплатник", enrol: "пријавете се|претплатете се|претплати се|добивајте|регистрирајте се", load: "преземете|симнете", follow: "следете нè|следете не|заследете|придружете ни се|следете го наш",
		share: "споделете", letter: "билтен|њузлетер|вашиот мејл", app: "нашата апликација", offer: "сите статии|сите текстови|неограничен|месечно|сите содржини", network: "фејсбук|инстаграм|вајбер|вотсап|телеграм", here: "статијата|веста|текстот",
	},
	{ // Bulgarian
		subscribe: "абонирайте се|абонирай се|станете абонат|купете абонамент", enrol: "абонирайте се|абонирай се|запишете се|запиши се|регистрирайте се|получавайте|получете", load: "изтеглете|изтегли|свалете|инсталирайте", follow: "последвайте ни|следвайте ни|последвайте наш|следете ни|присъединете се|харесайте ни|следете канала",
		share: "споделете|споделяйте", letter: "бюлетин|нюзлетър|пощата ви|имейла ви|вашата поща", app: "нашето приложение|приложението ни", offer: "всички статии|всички наши|цялото съдържание|неограничен|без ограничения|на месец|месечно|първия месец|цялата статия", network: "фейсбук|инстаграм|вайбър|телеграм|ютуб|туитър|гугъл", here: "статията|новината|тази статия",
	},
	{ // Russian
		subscribe: "подпишитесь|подписывайтесь|подпишись|оформите подписку|оформить подписку|купите подписку|станьте подписчик|оформляйте подписку|поддержите нас", enrol: "подпишитесь|подписывайтесь|подпишись|подписаться|зарегистрируйтесь|получайте|хотите получать", load: "скачайте|скачивайте|скачать|установите|установи",
		follow: "подпишитесь на наш|подписывайтесь на наш|подпишись на наш|следите за нами|присоединяйтесь к нам|присоединяйтесь к наш|читайте нас|вступайте в наш", share: "поделитесь|поделись|расскажите друзьям",
		letter: "рассылк|вашу почту|вашей почт|на почту", app: "наше приложение|нашего приложения|приложение издания", offer: "все статьи|все материалы|без ограничений|неограничен|полный доступ|в месяц|первый месяц|читать дальше|читайте все|всем материалам|всем статьям|эту статью",
		network: "вконтакте|телеграм|фейсбук|яндекс.новост|дзен|одноклассник|ютуб|инстаграм|вайбер", here: "статьей|статьёй|новостью|материалом|в соцсет|эту статью",
	},
	{ // Ukrainian
		subscribe: "підпишіться|підписуйтесь|підписуйтеся|підпишись|передплатіть|передплачуйте|оформіть передплату|оформіть підписку|станьте передплатник|купіть підписку", enrol: "підпишіться|підписуйтесь|підписуйтеся|підпишись|підписатися|зареєструйтесь|отримуйте", load: "завантажте|завантажуйте|встановіть|завантажити",
		follow: "підпишіться на наш|підписуйтесь на наш|підписуйтеся на наш|стежте за нами|приєднуйтесь до нас|приєднуйтеся до нас|читайте нас|долучайтесь до наш|слідкуйте за нами", share: "поділіться|поділись|поширте|поширюйте",
		letter: "розсилк|вашу пошту|на пошту|вашій пошт", app: "наш застосунок|наш додаток", offer: "всі статті|усі статті|усі матеріали|всі матеріали|без обмежень|необмежен|повний доступ|на місяць|перший місяць|читайте всі|читайте усі", network: "телеграм|фейсбук|ютуб|інстаграм|вайбер|ґуґл", here: "статтею|новиною|матеріалом|цю статтю",
	},
	{ // Belarusian
		subscribe: "падпішыцеся|падпісвайцеся|аформіце падпіску", enrol: "падпішыцеся|падпісвайцеся|атрымлівайце", load: "спампуйце|усталюйце", follow: "падпісвайцеся на наш|падпішыцеся на наш|сачыце за намі|далучайцеся да нас|чытайце нас", share: "падзяліцеся",
		letter: "рассылк|вашу пошту", app: "нашу праграму|наш дадатак|нашу аплікацыю", offer: "усе артыкулы|усе матэрыялы|без абмежаванняў|на месяц|у месяц", network: "тэлеграм|фэйсбук|інстаграм|ютуб", here: "артыкулам|навіной|гэты артыкул",
	},
	{ // Swedish
		subscribe: "prenumerera|bli prenumerant|bli medlem|teckna|köp en prenumeration|?lås upp|?prova |få tillgång|stöd oss", enrol: "anmäl dig|skriv upp dig|registrera dig|prenumerera|få |missa inte|vill du ha", load: "ladda ner|ladda hem|hämta|installera", follow: "följ oss|följ vår|gilla oss|gå med i vår", share: "dela artikel|dela den här|dela denna|dela på|dela via",
		letter: "nyhetsbrev|din mejl|din inkorg|din mail", app: "vår app|vår gratisapp|vår nyhetsapp", offer: "alla artiklar|alla våra|allt innehåll|obegränsad|per månad|i månaden|kr/mån|första månaden|läs vidare|fortsätta läsa|hela artikeln", here: "artikel|den här texten|denna nyhet",
	},
	{ // Danish
		subscribe: "abonnér|abonner|bliv abonnent|bliv medlem|tegn abonnement|tegn et abonnement|køb abonnement|køb adgang|?få adgang|?prøv ", enrol: "tilmeld|skriv dig op|få |modtag|abonner|gå ikke glip|vil du have", load: "download|hent|installer", follow: "følg os|følg vores|synes godt om os|bliv en del af vores", share: "del artikel|del denne|del på|del via",
		letter: "nyhedsbrev|din indbakke|din mail", app: "vores app|vores gratis app|vores nyhedsapp", offer: "alle artikler|alle vores|alt indhold|ubegrænset|om måneden|pr. måned|kr/md|første måned|læse videre|læs videre|hele artiklen", here: "artikel|denne historie|denne nyhed",
	},
	{ // Norwegian
		subscribe: "abonner|bli abonnent|bli medlem|tegn abonnement|tegn et abonnement|kjøp abonnement|kjøp tilgang|?få tilgang|?prøv ", enrol: "meld deg på|meld deg|registrer deg|få |motta|abonner|gå ikke glipp|ikke gå glipp|vil du ha", load: "last ned|hent|installer", follow: "følg oss|følg vår|lik oss|bli med i vår", share: "del artikkel|del denne|del saken|del på|del via",
		letter: "nyhetsbrev|nyheitsbrev|din innboks|innboksen|på e-post", app: "vår app|appen vår", offer: "alle saker|alle artikler|alle våre|alt innhold|ubegrenset|i måneden|per måned|kr/mnd|første måned|lese videre|les videre|hele saken", here: "artikkel|denne saken|saken",
	},
	{ // Icelandic
		subscribe: "gerist áskrif|gerstu áskrif|kaupið áskrift|kauptu áskrift", enrol: "skráðu þig|skráið ykkur|fáðu |fáið ", load: "sæktu|sækið|náðu í", follow: "fylgstu með okkur|fylgdu okkur|fylgið okkur", share: "deildu|deilið|deila frétt", letter: "fréttabréf|póstlista", app: "appið okkar|smáforrit", offer: "allar greinar|allt efni|á mánuði|ótakmarkað", here: "fréttinni|greininni",
	},
	{ // Finnish
		subscribe: "tilaa|osta tilaus|ryhdy tilaajaksi|aloita tilaus|?kokeile|liity jäseneksi", enrol: "tilaa|rekisteröidy|liity|saat |vastaanota|kirjaudu", load: "lataa|asenna|ota käyttöön", follow: "seuraa meitä|tykkää meistä|seuraa kanavaamme|liity kanavaamme|liity whatsapp", share: "jaa juttu|jaa artikkeli|jaa tämä|jaa face|jaa what",
		letter: "uutiskir|sähköpostiisi", app: "sovelluksemme|uutissovellu", offer: "kaikki jutut|kaikki artikkelit|kaikki sisäl|rajattomasti|kuukaudessa|€/kk|ensimmäinen kuukausi|lue kaik|lukemista|koko artikkeli", here: "juttu|artikkeli|uutinen|facebookissa",
	},
	{ // Estonian
		subscribe: "telli |tellige|osta tellimus|vormista tellimus|liitu püsi", enrol: "liitu|liituge|telli |tellige|registreeru|saa |saage", load: "laadi alla|lae alla|laadige", follow: "jälgi meid|jälgige meid|järgi meid|meeldi meile|liitu meie", share: "jaga |jagage", letter: "uudiskir|infokir|sinu postkasti|e-kirja", app: "meie äpp|meie rakendus", offer: "kõik artiklid|kõiki artikleid|kõiki lugusid|piiramatu|esimene kuu", here: "artiklit|seda lugu|uudist",
	},
	{ // Latvian
		subscribe: "abonē|abonējiet|kļūsti par abonent|kļūstiet par abonent|iegādājies abonement", enrol: "piesakies|piesakieties|pieraksties|pierakstieties|abonē|reģistrējies|saņem |saņemiet", load: "lejupielādē|lejuplādē|instalē", follow: "seko mums|sekojiet mums|pievienojies mūsu|pievienojieties mūsu", share: "dalies|dalieties|kopīgo", letter: "jaunumu vēst|ziņu vēst|vēstkop|jaunumiem e-past|e-past", app: "mūsu lietotni", offer: "visus rakstus|visiem rakstiem|visu saturu|neierobežot|mēnesī|pirmais mēnes", here: "rakstu|rakstā|ziņu",
	},
	{ // Lithuanian
		subscribe: "prenumeruok|užsiprenumeruok|tapk prenumeratoriu|tapkite prenumeratori|įsigykite prenumerat", enrol: "užsisakyk|prenumeruok|užsiprenumeruok|registruokitės|gaukite|gauk |užsiregistruok", load: "atsisiųskite|atsisiųsk|parsisiųsk|įdiekite", follow: "sekite mus|sek mus|prisijunkite prie mūsų|prisijunk prie mūsų", share: "dalinkitės|dalinkis|pasidalinkite|pasidalink", letter: "naujienlaišk|el. pašt", app: "mūsų programėl", offer: "visus straipsnius|visą turinį|neribot|per mėnes|mėnes|be apribojim", here: "straipsniu|naujiena|šiuo tekstu",
	},
	{ // Hungarian
		subscribe: "fizessen elő|fizess elő|legyen előfizető|legyél előfizető|vásároljon előfizetést|támogass|támogassa", enrol: "iratkozzon fel|iratkozz fel|iratkozzanak|regisztráljon|regisztrálj|kérje|kérd |kapja meg|olvassa ", load: "töltse le|töltsd le|telepítse", follow: "kövessen minket|kövess minket|kövesse|kövesd|kövessen bennünket|csatlakozzon|csatlakozz|lájkolj", share: "ossza meg|oszd meg|osszátok meg",
		letter: "hírlev|e-mailben|postaládájába", app: "alkalmazásunk|appunk", offer: "összes cikk|minden cikk|minden tartalom|korlátlan|havonta|havi |első hónap|a teljes cikk|tovább olvas", here: "a cikket|ezt a cikk|a hírt",
	},
	{ // Greek
		subscribe: "γίνετε συνδρομητ|γίνε συνδρομητ|γίνετε μέλος|αποκτήστε συνδρομή|συνδρομηθείτε", enrol: "εγγραφείτε|εγγράψου|γραφτείτε|λάβετε|λαμβάνετε|κάντε εγγραφή", load: "κατεβάστε|κατέβασε|εγκαταστήστε", follow: "ακολουθήστε μας|ακολουθήστε το|ακολούθησέ μας|ακολουθήστε τη|βρείτε μας|γίνετε μέλος στο κανάλι", share: "μοιραστείτε|μοιράσου|κοινοποιήστε",
		letter: "ενημερωτικό δελτίο|ενημερωτικό μας|στο email σας", app: "εφαρμογή μας", offer: "όλα τα άρθρα|όλο το περιεχόμενο|απεριόριστ|χωρίς περιορισμ|τον μήνα|το μήνα|πρώτο μήνα|διαβάστε όλα|άρθρα μας", here: "το άρθρο|την είδηση|αυτό το άρθρο", network: "φέισμπουκ",
	},
	{ // Albanian
		subscribe: "abonohu|abonohuni|bëhu abonent|bëhuni abonent", enrol: "abonohu|regjistrohu|regjistrohuni|merrni |merr ", load: "shkarko|shkarkoni|instalo", follow: "na ndiqni|na ndiq|bashkohu me ne|ndiqni kanalin", share: "shpërndaje|shpërndajeni|ndajeni", letter: "buletin", app: "aplikacionin tonë", offer: "të gjithë artikujt|të gjitha artikujt|në muaj|pa kufi", here: "artikullin|këtë artikull|lajmin",
	},
	{ // Turkish
		subscribe: "~abone olun|~abone ol$|~abone ol,|~abone ol ve|~üye olun|~üye ol ve|~üyelik satın al|~üyelik için|~abonelik için", enrol: "~kaydolun|~kaydol$|~kayıt olun|~abone olun|~abone ol$|~üye olun", load: "~indirin|~indir$|~yükleyin", follow: "~bizi takip ed|~takip edin|~kanalımıza|~bize katıl", share: "~paylaşın|~paylaş$",
		letter: "bülten", app: "uygulamamız|mobil uygulama", offer: "tüm yazılar|tüm haber|tüm içerik|bütün yazılar|sınırsız|aylık|ayda|ilk ay|okumaya devam", here: "bu haber|bu yazı|haberi", network: "google haberler|x'te",
	},
	{ // Azerbaijani
		subscribe: "~abunə olun|~abunə ol$", enrol: "~abunə olun|~qeydiyyatdan keçin", load: "~yükləyin|~endirin", follow: "~bizi izləyin|~kanalımıza", share: "~paylaşın|~bölüşün", letter: "bülleten|xəbər bülleten", app: "tətbiqimiz|mobil tətbiq", offer: "bütün məqalə|bütün yazı|limitsiz|ayda|aylıq", here: "bu xəbər|məqaləni|bu yazı",
	},
	{ // Arabic
		subscribe: "اشترك|اشتركوا|اشتركي|كن مشترك|انضم إلى المشتركين|للاشتراك", enrol: "اشترك|اشتركوا|سجل |سجّل |احصل على|للاشتراك|انضم|لتصلك|سجلوا", load: "حمل |حمّل |حملوا|قم بتحميل|نزّل|نزل ", follow: "تابعنا على|تابعونا على|تابعنا عبر|تابعونا عبر|انضم إلى قناتنا|انضموا إلى قناتنا|اشترك في قناتنا|انضم إلينا", share: "شارك هذا|شارك المقال|شارك الخبر|شاركوا هذا|شاركوا المقال",
		letter: "النشرة البريدية|النشرة الإخبارية|نشرتنا|نشراتنا|القائمة البريدية|بريدك", app: "تطبيقنا", offer: "كل المقالات|جميع المقالات|كل المحتوى|جميع المحتويات|بلا حدود|متابعة القراءة|هذا المقال|صحافتنا", network: "فيسبوك|واتساب|واتس آب|تلغرام|تليغرام|تويتر|إنستغرام|انستغرام|يوتيوب|أخبار غوغل|تيليجرام", here: "هذا المقال|هذا الخبر|المقال", mail: "البريد الإلكتروني|بريدك",
	},
	{ // Persian
		subscribe: "~مشترک شوید|~اشتراک تهیه کنید|~اشتراک بخرید|~مشترک ما شوید", enrol: "~عضو شوید|~ثبت نام کنید|~ثبت\u200cنام کنید|~مشترک شوید|~دریافت کنید", load: "~دانلود کنید|~نصب کنید", follow: "~ما را در|~ما را دنبال|~دنبال کنید|~بپیوندید", share: "~به اشتراک بگذارید|~همرسانی کنید|~هم\u200cرسانی کنید", letter: "خبرنامه", app: "اپلیکیشن ما|برنامه ما", offer: "همه مقاله|همه\u200cی مقاله|همه مطالب|نامحدود|ماهانه|ماهی|بخوانید", network: "تلگرام|واتساپ|اینستاگرام|فیسبوک|فیس\u200cبوک|توییتر|یوتیوب|کانال", here: "این خبر|این مقاله|این مطلب", mail: "ایمیل",
	},
	{ // Urdu
		subscribe: "~سبسکرائب کریں|~سبسکرائبر بنیں|~رکن بنیں", enrol: "~سائن اپ کریں|~سبسکرائب کریں|~رجسٹر کریں", load: "~ڈاؤن لوڈ کریں|~انسٹال کریں", follow: "~ہمیں فالو|~فالو کریں|~جوائن کریں", share: "~شیئر کریں", letter: "نیوز لیٹر|نیوزلیٹر", app: "ہماری ایپ|ہماری موبائل ایپ", offer: "تمام مضامین|تمام خبریں|لامحدود|ماہانہ", network: "فیس بک|واٹس ایپ|ٹوئٹر|یوٹیوب|انسٹاگرام|ٹیلی گرام", here: "یہ خبر|اس خبر|یہ مضمون|اس مضمون", mail: "ای میل",
	},
	{ // Hebrew
		subscribe: "הצטרפו כמנוי|הצטרפו למינוי|רכשו מינוי|הפכו למנוי|עשו מינוי|להצטרפות למינוי|הירשמו כמנוי", enrol: "הירשמו|הרשמו|הירשם |הצטרפו|קבלו |להרשמה|לקבלת", load: "הורידו|הורד |להורדת", follow: "עקבו אחרינו|עקבו אחרי|הצטרפו לערוץ|הצטרפו אלינו", share: "שתפו", letter: "ניוזלטר|עדכון היומי", app: "האפליקציה שלנו|אפליקציית", offer: "כל הכתבות|כל המאמרים|כל התכנים|ללא הגבלה|לחודש|בחודש|חודש ראשון|המשיכו לקרוא|קראו את כל", network: "פייסבוק|בפייסבוק|ווטסאפ|וואטסאפ|טלגרם|אינסטגרם|טוויטר|יוטיוב", here: "הכתבה|המאמר|הידיעה", mail: "במייל|לתיבת",
	},
	{ // Hindi
		subscribe: "~सब्सक्राइब करें|~सदस्य बनें|~सदस्यता लें|~सब्सक्रिप्शन लें", enrol: "~सब्सक्राइब करें|~साइन अप करें|~रजिस्टर करें|~पंजीकरण करें|~सदस्यता लें", load: "~डाउनलोड करें|~इंस्टॉल करें", follow: "~फॉलो करें|~फ़ॉलो करें|~हमसे जुड़ें|~जुड़ें$|~लाइक करें", share: "~शेयर करें|~साझा करें", letter: "न्यूज़लेटर|न्यूजलेटर|समाचार पत्रिका", app: "हमारा ऐप|हमारे ऐप|हमारा एप|हमारी ऐप|मोबाइल ऐप", offer: "सभी लेख|सारे लेख|सभी खबर|सभी ख़बर|असीमित|प्रति माह|हर महीने|पढ़ना जारी", network: "फेसबुक|फ़ेसबुक|व्हाट्सएप|व्हाट्सऐप|टेलीग्राम|ट्विटर|यूट्यूब|इंस्टाग्राम|गूगल न्यूज", here: "इस खबर|इस ख़बर|यह खबर|इस लेख", mail: "ईमेल|ई-मेल",
	},
	{ // Bengali
		subscribe: "~সাবস্ক্রাইব করুন|~গ্রাহক হোন|~সদস্য হোন", enrol: "~সাবস্ক্রাইব করুন|~সাইন আপ করুন|~নিবন্ধন করুন|~যোগ দিন", load: "~ডাউনলোড করুন|~ইনস্টল করুন", follow: "~ফলো করুন|~অনুসরণ করুন|~যুক্ত থাকুন|~সঙ্গে থাকুন", share: "~শেয়ার করুন|~শেয়ার করুন", letter: "নিউজলেটার|নিউজ লেটার", app: "আমাদের অ্যাপ|মোবাইল অ্যাপ", offer: "সব লেখা|সব খবর|সব নিবন্ধ|সীমাহীন|প্রতি মাসে|মাসে", network: "ফেসবুক|হোয়াটসঅ্যাপ|টেলিগ্রাম|টুইটার|ইউটিউব|ইনস্টাগ্রাম|গুগল নিউজ", here: "এই খবর|খবরটি|এই লেখা", mail: "ইমেইল|ইমেলে",
	},
	{ // Tamil
		subscribe: "~சந்தா செலுத்துங்கள்|~சந்தாதாரராகுங்கள்|~குழுசேருங்கள்|~சப்ஸ்கிரைப்", enrol: "~பதிவு செய்யுங்கள்|~குழுசேருங்கள்|~பதிவு செய்க|~சப்ஸ்கிரைப்", load: "~பதிவிறக்கம் செய்|~பதிவிறக்குங்கள்|~டவுன்லோட்", follow: "~பின்தொடருங்கள்|~பின்தொடரவும்|~பின் தொடர|~இணையுங்கள்", share: "~பகிருங்கள்|~பகிரவும்", letter: "செய்திமடல்", app: "எங்கள் செயலி", offer: "அனைத்து கட்டுரை|அனைத்துக் கட்டுரை|மாதம்", network: "பேஸ்புக்|ஃபேஸ்புக்|வாட்ஸ்அப்|டெலிகிராம்|ட்விட்டர்|யூடியூப்", here: "இந்தச் செய்தி|இந்த செய்தி|இக்கட்டுரை", mail: "மின்னஞ்சல்",
	},
	{ // Chinese
		subscribe: "订阅|訂閱|立即订阅|立即訂閱|马上订阅|点击订阅|點擊訂閱|成为会员|成為會員|加入会员|加入會員|开通会员|请订阅|請訂閱|欢迎订阅|歡迎訂閱|购买会员", enrol: "订阅|訂閱|立即订阅|立即訂閱|点击订阅|點擊訂閱|请订阅|欢迎订阅|歡迎訂閱|注册|註冊|登记|登記", load: "下载|下載|立即下载|立即下載|点击下载|點擊下載|请下载|欢迎下载|安装", follow: "关注我们|關注我們|追蹤我們|关注本报|关注本|加入我们的|加入我們的|欢迎关注|歡迎追蹤|扫码关注|按讚|订阅我们的|訂閱我們的", share: "分享到|分享至|~本文分享到|~文章分享|~分享本文|~分享此文|~分享给",
		letter: "新闻通讯|電子報|电子报|新闻简报|新聞簡報|通讯|每日简报|邮件推送|新聞通訊", app: "客户端|我們的app|我们的app|本报app|新闻app|新聞app|我们的应用|我們的應用|手机app", offer: "全部文章|所有文章|全文|无限|無限|每月|每年|首月|更多内容|更多內容|继续阅读|繼續閱讀", network: "微信|微博|公众号|公眾號|抖音|脸书|臉書|推特|频道|頻道|粉絲專頁|粉丝专页", here: "本文|此文|文章|这篇|這篇", mail: "邮箱|郵箱|信箱|邮件",
	},
	{ // Japanese
		subscribe: "~会員登録して|~有料会員|~購読する$|~購読して|~購読はこちら|~購読を申し込|~会員になる|~会員登録する$|~会員登録で|~今すぐ登録|~今すぐ購読", enrol: "~登録してください|~登録しよう|~登録はこちら|~登録する$|~ご登録|~登録を$|~購読はこちら|~購読する$|~購読ください|~お申し込み", load: "~ダウンロードして|~ダウンロードはこちら|~ダウンロードする$|~インストールして|~ダウンロードを$|~ダウンロード$", follow: "~フォローして|~フォローする$|~フォローを$|~友だち追加|~フォローお願い|~チャンネル登録|~フォローはこちら", share: "~シェアする$|~シェアして|~シェアしよう|~共有する$|~シェア$",
		letter: "ニュースレター|メールマガジン|メルマガ|メール配信|メールニュース", app: "公式アプリ|ニュースアプリ|当社のアプリ|アプリを|アプリの", offer: "すべての記事|全ての記事|全記事|記事を読む|続きを読む|読み放題|月額|初月|この記事の続き|無料", network: "フェイスブック|ツイッター|インスタグラム|ユーチューブ|公式line|公式x|line公式|公式アカウント|公式sns|youtubeチャンネル", here: "この記事|本記事|記事を", mail: "メールで|メールに",
	},
	{ // Korean
		subscribe: "~구독하고|~구독하세요|~구독해 주세요|~구독해주세요|~구독하기|~유료 회원|~회원 가입하고|~구독을 신청|~지금 구독|~구독하면", enrol: "~구독하세요|~구독해 보세요|~구독해보세요|~신청하세요|~구독 신청|~가입하세요|~받아 보세요|~받아보세요|~등록하세요|~구독하기|~구독해 주세요|~구독해주세요", load: "~다운로드하세요|~내려받으세요|~설치하세요|~다운받으세요|~다운로드하기|~내려받기", follow: "~팔로우하세요|~팔로우해|~구독하세요|~친구 추가|~추가하세요|~채널을 추가|~팔로우하기", share: "~공유하세요|~공유해 주세요|~공유해주세요|~공유하기", letter: "뉴스레터|소식지|이메일로", app: "우리 앱|저희 앱|모바일 앱|뉴스 앱|공식 앱|앱을", offer: "모든 기사|전체 기사|기사를 모두|무제한|월 |첫 달|첫달|계속 읽|모두 읽", network: "카카오톡|페이스북|텔레그램|인스타그램|트위터|유튜브|네이버|채널", here: "이 기사|기사를|이 글", mail: "이메일|메일로",
	},
	{ // Indonesian, Malay
		subscribe: "berlangganan|jadilah pelanggan|jadi pelanggan|langgan |melanggan|aktifkan langganan", enrol: "daftar|daftarkan|berlangganan|dapatkan|terima |langgan |mendaftar", load: "unduh|download|muat turun|pasang ", follow: "ikuti kami|ikuti saluran|ikuti akun|ikuti kanal|ikuti berita|gabung |bergabung|sertai |follow kami|follow akun|simak berita kami", share: "bagikan artikel|bagikan berita|bagikan tulisan|kongsi artikel|kongsi berita|kongsikan", letter: "buletin|surat berita", app: "aplikasi kami|app kami", offer: "semua artikel|semua berita|tanpa batas|tanpa had|per bulan|sebulan|setiap bulan|bulan pertama|baca semua|akses penuh", network: "saluran whatsapp|kanal whatsapp|kanal telegram", here: "artikel ini|berita ini",
	},
	{ // Vietnamese
		subscribe: "đăng ký|hãy đăng ký|mua gói|trở thành hội viên|trở thành thành viên|đặt mua", enrol: "đăng ký|hãy đăng ký|nhận |mời bạn đăng ký", load: "tải ứng dụng|tải app|tải về|hãy tải|cài đặt|tải ngay", follow: "theo dõi chúng tôi|theo dõi kênh|theo dõi báo|hãy theo dõi|tham gia kênh|theo dõi trang|theo dõi tin", share: "chia sẻ bài|chia sẻ tin", letter: "bản tin|thư tin", app: "ứng dụng của chúng tôi|ứng dụng báo|app của chúng tôi|ứng dụng ", offer: "tất cả bài viết|mọi bài viết|toàn bộ bài|không giới hạn|mỗi tháng|/tháng|một tháng|đọc tiếp", network: "zalo|fanpage", here: "bài viết này|bài báo này|tin này",
	},
	{ // Thai
		subscribe: "~สมัครสมาชิก", enrol: "~สมัครรับ|~ลงทะเบียนรับ|~กดรับ", load: "~ดาวน์โหลด|~ติดตั้ง", follow: "~ติดตามเรา|~กดติดตาม|~ติดตามข่าว|~เพิ่มเพื่อน|~กดไลก์", share: "~แชร์ข่าว|~แชร์บทความ|~แชร์เรื่อง|~แบ่งปันบทความ", letter: "จดหมายข่าว|ข่าวสารทางอีเมล", app: "แอปของเรา|แอปพลิเคชันของเรา|แอปพลิเคชั่นของเรา", offer: "บทความทั้งหมด|ทุกบทความ|ไม่จำกัด|ต่อเดือน|เดือนละ|อ่านต่อ", network: "เฟซบุ๊ก|ไลน์|ทวิตเตอร์|ยูทูบ|อินสตาแกรม", here: "ข่าวนี้|บทความนี้|เรื่องนี้", mail: "อีเมล",
	},
	{ // Georgian, Armenian
		subscribe: "გამოიწერეთ|გამოიწერე|բաժանորդագրվեք|բաժանորդագրվիր", enrol: "გამოიწერეთ|გამოიწერე|დარეგისტრირდით|բաժանորդագրվեք|գրանցվեք", load: "ჩამოტვირთეთ|გადმოწერეთ|ներբեռնեք", follow: "გამოგვყევით|შემოგვიერთდით|მოგვყევით|հետևեք մեզ|միացեք մեզ", share: "გააზიარეთ|կիսվեք|տարածեք", letter: "სიახლეები ელფოსტ|ბიულეტენ|საინფორმაციო გზავნილ|լրատվական նամակ|տեղեկագ", app: "ჩვენი აპლიკაცი|ჩვენს აპლიკაცი|մեր հավելված", offer: "ყველა სტატია|თვეში|ულიმიტო|բոլոր հոդվածները|ամսական|անսահմանափակ", network: "ფეისბუქ|ტელეგრამ|ֆեյսբուք|տելեգրամ", here: "სტატია|ეს სიახლე|հոդվածը|լուրը",
	},
	{ // Swahili, Filipino
		subscribe: "jiandikishe|jisajili|mag-subscribe|maging subscriber", enrol: "jiandikishe|jisajili|pokea |mag-subscribe|mag-sign up|magparehistro", load: "pakua|i-download", follow: "tufuate|jiunge na|i-follow kami|sundan kami|sumali sa aming", share: "shiriki|sambaza|ibahagi|i-share", letter: "jarida|barua ya habari", app: "programu yetu|aming app", offer: "makala zote|habari zote|kwa mwezi|bila kikomo|lahat ng artikulo|kada buwan|bawat buwan", here: "makala haya|makala hii|habari hii|artikulong ito|balitang ito",
	},
}

// terms are the times for which one subscribes.
var terms = newSpotter([]string{
	"month", "week", "year", "monat", "woche", "jahr", "mois", "semaine", " an ", " mes", "semana", " año", "mese", "mesi ", "settiman", "anno", " mês", "maand", "jaar", "miesi", "tydzie", "tygod", "månad", "veck", "måned", "uger", "uker", "kuukau", "viikko",
})

// told are words of a report: who tells what others ask does not ask.
var told = newSpotter([]string{
	" says", " said", " told ", " joke", " advise", " warned", " writes", " wrote", " according to", " sagt", " riet", " schreib", " erklärt", " laut ", " selon ", " a dit", " dit-", " répond", " déclar", " affirm", " dijo", " dice ", " según ", " afirm", " asegur", " ha detto", " dice", " secondo ", " disse", " segundo ", " zei ", " zegt ", " volgens ", " sade ", " säger ", " enligt ", " siger ", " sagde ", " ifølge ", " sier ", " mówi", " powiedzia", " według ", " podle ", " řekl", " podľa ", " povedal", " sanoi", " sanoo", " mukaan", " mondta", " szerint", " a spus", " a declarat", " potrivit ",
	"сказа", "говорит", "заявил", "по словам", "каже", "заявив", "за словами", "според", " каза ", " είπε", " λέει", "δήλωσε", " dedi", " diyor", "söyledi", " قال", "وقال", "גفت", "گفت", " אמר", " אומר", "कहा", "他说", "她说", "他說", "她說", "表示", "と話", "述べ", "말했", "밝혔", " kata ", " ujar", " nói", "cho biết", " rekao", " rekla", " kaže", "กล่าว",
})

// hastens are small words that may stand before the verb of a plea.
var hastens = wordSet(`please now and just also today then here simply so why not
	bitte jetzt hier und einfach gleich auch noch heute et vite aussi dès maintenant y ya ahora también e ora adesso anche subito agora já também en nu dan hier ook i teraz już też och också og nå også nyt ja a nyní teď zde hned és most și acum acum și
	и сейчас также уже сега също і зараз також τώρα και و الآن فورا ו עכשיו dan sekarang và ngay sada odmah сада одмах сега zdaj in tagad arī dabar ir kohe ka`)
