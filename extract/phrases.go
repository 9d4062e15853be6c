package extract

import "strings"

// phrases are what short lines of furniture say, whole lines with only letters
// and digits left. They are language by language and of no single site.
var phrases = phraseBook(map[mark]string{
	advertMark: `advertisement|advertisment|advertising|ad|ads|sponsored|sponsored content|story continues below advertisement|article continues below advertisement|
		continue reading below|article continues after advertisement|scroll to continue|advertisement continue reading|anzeige|werbung|reklame|reklam|publicité|
		publicidad|publicidade|pubblicità|advertentie|annonse|annons|mainos|reklama|реклама|继续阅读|广告|廣告|広告|광고|iklan|anzeige wird geladen|advertisement scroll to continue|
		continua a leggere|la suite après cette publicité|the story continues below|story continues|continua após a publicidade|artikel wird unterhalb der anzeige fortgesetzt`,
	relatedMark: `read more|read next|related|related articles|related stories|related posts|related content|related news|related topics|related coverage|more on this story|more stories|
		recommended|recommended for you|you may also like|you might also like|see also|also read|read also|more from|most read|most popular|trending|trending now|editors picks|
		up next|watch|watch now|watch live|more about|more news|top stories|dont miss|keep reading|continue reading|learn more|find out more|see more|
		mehr zum thema|lesen sie auch|auch interessant|lesen sie mehr|weitere artikel|weiterlesen|mehr dazu|mehr lesen|das könnte sie auch interessieren|das könnte dich auch interessieren|
		zum thema|verwandte artikel|verwandte themen|passend zum thema|meistgelesen|empfehlungen der redaktion|
		lire aussi|à lire aussi|a lire aussi|lire plus|en savoir plus|sur le même sujet|articles liés|à lire également|voir aussi|
		lea también|lee también|te puede interesar|te recomendamos|más información|noticias relacionadas|leer más|ver más|también te puede interesar|más noticias|
		leia também|leia mais|saiba mais|veja também|notícias relacionadas|leggi anche|leggi di più|potrebbe interessarti|ti potrebbe interessare|articoli correlati|approfondimenti|
		lees ook|lees meer|lees verder|meer over|les også|les mer|læs også|læs mere|läs också|läs mer|läs även|lue myös|lue lisää|
		czytaj więcej|czytaj też|czytaj także|zobacz też|zobacz także|zobacz również|przeczytaj także|polecane|přečtěte si také|čtěte také|mohlo by vás zajímat|související články|
		olvasta már|kapcsolódó cikkek|citește și|citeşte şi|читайте также|читать далее|по теме|читайте ещё|ilgili haberler|bunlar da ilginizi çekebilir|devamını oku|baca juga|
		相关阅读|相关新闻|延伸閱讀|延伸阅读|推荐阅读|関連記事|関連ニュース|あわせて読みたい|관련기사|اقرأ أيضا|اقرأ المزيد|مواضيع ذات صلة|קרא עוד|recommended videos|recommended stories|
		latest news|popular|popular posts|you might be interested in|more like this|in other news|from our archive|previously|recent posts|latest posts|latest articles|more articles|similar articles|similar posts|keep exploring|explore more|next article|previous article|what to read next|read this next|
		neueste artikel|neueste beiträge|ähnliche artikel|ähnliche beiträge|weitere beiträge|weitere nachrichten|weitere themen|aus dem archiv|top artikel|meistgelesene artikel|
		articles similaires|articles récents|nos derniers articles|les plus lus|sur le même thème|pour aller plus loin|dans la même rubrique|
		artículos relacionados|artículos recientes|últimas noticias|lo más leído|lo más visto|entradas relacionadas|te puede gustar|lee además|
		artigos relacionados|últimas notícias|mais lidas|matérias relacionadas|leia ainda|você pode gostar|notizie correlate|ultime notizie|i più letti|potrebbero interessarti|
		gerelateerde artikelen|lees verder|meer nieuws|meest gelezen|ook interessant|relaterade artiklar|senaste nytt|mest läst|mer om ämnet|relaterede artikler|seneste nyt|mest læste|
		relaterte saker|siste nytt|mest lest|aiheesta lisää|luetuimmat|katso myös|uusimmat|powiązane artykuły|najnowsze|najczęściej czytane|podobne artykuły|więcej na ten temat|
		související|nejčtenější|další články|podobné články|ďalšie články|najčítanejšie|ajánló|legolvasottabb|ajánlott cikkek|további cikkek|articole similare|cele mai citite|articole recomandate|știri similare|
		похожие статьи|самое читаемое|читайте на эту тему|другие новости|материалы по теме|схожі статті|читайте також|популярне|останні новини|новини за темою|
		σχετικά άρθρα|διαβάστε ακόμη|διαβάστε επίσης|δημοφιλή|ilgili yazılar|ilgili konular|çok okunanlar|son haberler|benzer haberler|
		مقالات ذات صلة|أخبار ذات صلة|الأكثر قراءة|اقرأ أيضاً|أخبار متعلقة|مطالب مرتبط|بیشتر بخوانید|اخبار مرتبط|پربازدیدترین|כתבות נוספות|עוד בנושא|אולי יעניין אותך|
		संबंधित खबरें|और पढ़ें|यह भी पढ़ें|ये भी पढ़ें|相关文章|相關新聞|相關文章|热门文章|最新文章|おすすめ記事|人気記事|こちらもおすすめ|新着記事|추천기사|많이 본 뉴스|인기기사|
		ข่าวที่เกี่ยวข้อง|อ่านเพิ่มเติม|บทความที่เกี่ยวข้อง|tin liên quan|bài viết liên quan|xem thêm|đọc thêm|đọc nhiều|berita terkait|artikel terkait|baca selengkapnya|terpopuler`,
	shareMark: `share|share this|share this article|share this story|share this post|share on facebook|share on twitter|tweet|pin it|email|print|copy link|link copied|facebook|twitter|linkedin|
		whatsapp|reddit|telegram|pinterest|follow us|follow|like this|like loading|save|bookmark|listen|listen to this article|play|pause|teilen|artikel teilen|drucken|merken|kopieren|link kopieren|
		partager|partagez|imprimer|enviar|compartir|compartilhar|condividi|stampa|delen|del|dela|jaa|udostępnij|поделиться|paylaş|分享|シェア|공유|bagikan|share with|
		share article|gift this article|share full article|give this article|add as a preferred source on google|follow us on google news|
		advertisement share|font size|text size|audio|vorlesen|anhören|artikel anhören|listen now|share this content|share this page`,
	newsletterMark: `subscribe|subscribe now|subscribe to our newsletter|sign up|sign up now|sign up for our newsletter|newsletter|newsletters|join our newsletter|get the newsletter|
		log in|login|sign in|register|create account|create a free account|abonnieren|newsletter abonnieren|jetzt abonnieren|anmelden|registrieren|jetzt testen|jetzt kostenlos testen|
		sabonner|abonnezvous|je mabonne|inscription|suscríbete|suscribirse|suscríbase|assine|iscriviti|abbonati|abonneer|aanmelden|abonnér|prenumerera|bli abonnent|
		zapisz się|abone ol|подписаться|подписывайтесь|订阅|購読|already a subscriber log in|subscribe to continue reading|this article is for subscribers|thanks for reading|
		by signing up you agree to our terms of service|support our journalism|support our work|donate|donate now|
		prenumerera nu|tilmeld|tilmeld dig nyhedsbrevet|meld deg på nyhetsbrevet|tilaa|tilaa uutiskirje|kirjaudu|logga in|log ind|logg inn|inloggen|zaloguj się|subskrybuj|přihlásit se|odebírat|předplatit|
		feliratkozás|bejelentkezés|abonează-te|autentificare|войти|подписка|увійти|підписатися|підписка|giriş yap|üye ol|εγγραφή|σύνδεση|اشترك|اشترك الآن|تسجيل الدخول|عضویت|ورود|הרשמה|התחברות|
		सब्सक्राइब करें|लॉग इन|登录|登錄|訂閱|立即订阅|ログイン|会員登録|無料登録|구독|구독하기|로그인|สมัครสมาชิก|เข้าสู่ระบบ|đăng ký|đăng nhập|berlangganan|masuk|daftar`,
	commentsMark: `comments|comment|leave a comment|leave a reply|post a comment|add a comment|no comments yet|join the conversation|join the discussion|show comments|view comments|hide comments|read comments|
		kommentare|kommentieren|kommentar schreiben|kommentar verfassen|commentaires|laisser un commentaire|comentarios|comentários|deja un comentario|commenti|lascia un commento|reacties|kommentarer|
		komentarze|komentáře|комментарии|yorumlar|评论|コメント|댓글|leave a reply cancel reply|diskutieren sie mit|schreiben sie einen kommentar|
		réagir|réagissez|ajouter un commentaire|escribe un comentario|comentar|deixe um comentário|scrivi un commento|plaats een reactie|reageren|kommentera|kommenter|skriv en kommentar|
		kommentit|kommentoi|skomentuj|dodaj komentarz|diskuse|přidat komentář|hozzászólások|szólj hozzá|comentarii|lasă un comentariu|оставить комментарий|обсудить|коментарі|залишити коментар|
		yorum yap|yorum yaz|σχόλια|σχολιάστε|تعليقات|أضف تعليقا|نظرات|ارسال نظر|תגובות|הוסף תגובה|टिप्पणियां|टिप्पणी करें|评论区|發表評論|コメントする|댓글쓰기|ความคิดเห็น|bình luận|komentar|tulis komentar|hinterlasse einen kommentar|hinterlasse jetzt einen kommentar`,
	navigationMark: `skip to main content|skip to content|back to top|go to top|home|menu|search|table of contents|contents|in this article|on this page|tags|tagged|topics|categories|filed under|posted in|
		themen|schlagworte|schlagwörter|tags zum thema|zur startseite|nach oben|sommaire|inhalt|inhaltsverzeichnis|índice|mots clés|etiquetas|temas|previous|next|page|loading|show more|show less|
		mehr anzeigen|view all|see all|jump to|more|zurück|weiter`,
	captionMark: `getty images|getty|reuters|image|photo|video|gallery|image source|image credit|photo credit|afp|ap|ap photo|enlarge|enlarge image|view gallery|open image in gallery|bild vergrößern|symbolbild|
		foto|fotos|vidéo|video unavailable|play video|this video is unavailable|
		try refreshing your browser|your browser does not support the video tag|image caption|media caption`,
	authorMark: `about the author|about the authors|about author|about the writer|author bio|autorinnen|autoren|autorenprofil|die autorin|der autor|lauteur|sur lauteur|lautrice|acerca del autor|sobre la autora|sobre a autora|lautore|informazioni sullautore|over de auteur|om författaren|om forfatteren|tietoa kirjoittajasta|o autorze|o autorce|o autorovi|a szerzőről|despre autor|об авторе|про автора|yazar hakkında|σχετικά με τον συγγραφέα|عن الكاتب|درباره نویسنده|על המחבר|लेखक के बारे में|关于作者|作者简介|關於作者|著者プロフィール|執筆者|저자 소개|เกี่ยวกับผู้เขียน|về tác giả|tentang penulis|über den autor|zum autor|zur autorin|à propos de lauteur|sobre el autor|sobre o autor|written by|author|autor|autorin|contributors|meet the author`,
	sourceMark: `sources|source|article sources|references|further reading|bibliography|works cited|notes|footnotes|endnotes|quellen|quelle|quellenangaben|quellen und links|literatur|
		literaturverzeichnis|einzelnachweise|fußnoten|sources et références|références|bibliographie|notes et références|fuentes|fuente|referencias|bibliografía|fontes|fonte|referências|
		bibliografia|fonti|riferimenti|bronnen|bron|referenties|voetnoten|källor|källa|referenser|kilder|kilde|referencer|referanser|lähteet|lähde|źródła|źródło|bibliografia|przypisy|
		zdroje|zdroj|források|forrás|surse|sursa|bibliografie|источники|источник|литература|примечания|джерела|джерело|kaynaklar|kaynak|kaynakça|πηγές|πηγή|المصادر|المصدر|مراجع|منابع|منبع|
		מקורות|स्रोत|संदर्भ|nguồn|แหล่งที่มา|อ้างอิง|sumber|referensi|参考资料|参考文献|来源|來源|参考文献一覧|出典|참고문헌|출처`,
	factMark: `kort fortalt|kortversjonen|oppsummert|kort sagt|das wichtigste in kürze|en bref|lessentiel|story highlights|the gist|i korthet|fakta|sammendrag`,
})

func phraseBook(lists map[mark]string) map[string]mark {
	m := map[string]mark{}
	for k, list := range lists {
		for _, p := range strings.Split(list, "|") {
			m[bare(p)] |= k
		}
	}
	return m
}

// openings are how a line that points elsewhere begins. What follows is a
// headline, so only a short line or one that is mostly a link goes.
var openings = newSpotter([]string{
	"also read:", "read also:", "read more:", "read next:", "read:", "read more about", "also see:", "see also:", "related:", "related story:", "related article:", "more:", "watch:", "listen:", "you can also check:",
	"don't miss:", "don’t miss:", "recommended:", "must read:", "further reading:", "next read:", "editor's pick:", "in case you missed it:", "click here", "read more at", "read the full", "more from", "more on",
	"lesen sie auch", "lesen sie hier", "lesen sie mehr", "mehr zum thema", "auch interessant", "lies auch", "weiterlesen:", "mehr dazu", "passend dazu", "hier geht es zu", "interview:", "siehe auch:",
	"à lire aussi", "a lire aussi", "lire aussi", "lire également", "lire :", "à lire :", "voir aussi", "sur le même sujet", "à lire également",
	"lea también", "lee también", "leer también", "te puede interesar", "lea además", "ver también", "le puede interesar", "más información", "lea más", "leer más", "puedes leer", "también puedes leer",
	"leia também", "leia mais", "veja também", "leia ainda", "saiba mais", "leggi anche", "leggi l'articolo", "vedi anche", "approfondisci", "leggi pure",
	"lees ook", "lees meer", "lees verder", "les også", "les mer", "læs også", "læs mere", "läs också", "läs mer", "läs även", "lue myös", "se også:", "se mer:",
	"czytaj też", "czytaj także", "czytaj również", "czytaj więcej", "zobacz też", "zobacz także", "zobacz również", "przeczytaj też", "przeczytaj również", "przeczytaj także",
	"přečtěte si", "čtěte také", "čtěte též", "čítajte aj", "olvassa el", "citește și", "citiţi şi", "citește mai mult", "читайте также", "читайте:", "читать:", "читайте ещё", "смотрите также", "по теме:", "читайте також",
	"leggi anche:", "guarda anche", "bekijk ook", "katso myös", "mer om", "se också", "se også", "viz také", "lásd még", "kapcsolódó:", "vezi și", "citește mai departe", "по темі:", "дивіться також", "bakınız", "ayrıca okuyun", "δείτε επίσης", "شاهد أيضا", "بیشتر بخوانید", "קראו גם", "ראו גם", "और पढ़ें", "相关：", "更多：", "あわせて読みたい", "▶関連", "관련기사", "อ่านข่าวที่เกี่ยวข้อง", "อ่านเพิ่มเติม", "xem thêm", "đọc thêm", "simak juga", "baca juga", "lihat juga", "ilgili haber", "okuyun:", "pročitajte", "pročitaj", "več o tem", "διαβάστε", "διαβάστε επίσης", "اقرأ أيضا", "اقرأ أيضاً", "इसे भी पढ़ें", "यह भी पढ़ें", "ये भी पढ़ें", "相关阅读", "延伸阅读", "延伸閱讀", "関連記事", "【関連】",
})

// pleas are what a line that asks for something says anywhere in it.
var pleas = newSpotter([]string{
	"subscribe to our", "sign up for our", "sign up to our", "our newsletter", "our free newsletter", "free daily newsletter", "follow us on", "follow @", "join our whatsapp",
	"join our telegram", "whatsapp channel", "telegram channel", "download our app", "get our app", "like us on facebook", "on google news", "preferred source on google",
	"newsletter abonnieren", "unseren newsletter", "unserem newsletter", "abonnieren sie", "folgen sie uns", "folgt uns auf", "whatsapp-kanal", "unsere app herunter",
	"abonnez-vous", "inscrivez-vous à notre", "suivez-nous", "notre newsletter", "téléchargez notre application", "suscríbete", "suscríbase", "síguenos", "nuestro boletín", "nuestro canal de", "canal de whatsapp", "canal de telegram", "descarga nuestra app",
	"inscreva-se", "assine nossa", "nossa newsletter", "siga-nos", "siga o canal", "baixe nosso app", "iscriviti", "seguici su", "segui il canale", "canale whatsapp", "nostra newsletter", "scarica la nostra app",
	"meld je aan voor", "schrijf je in voor", "onze nieuwsbrief", "volg ons op", "vårt nyhetsbrev", "följ oss", "vores nyhedsbrev", "følg os på", "vårt nyhetsbrev", "følg oss", "uutiskirjeemme", "seuraa meitä",
	"zapisz się na", "nasz newsletter", "naszego newslettera", "obserwuj nas", "śledź nas", "odebírejte náš", "sledujte nás", "iratkozz fel", "iratkozzon fel", "kövess minket", "kövessen minket", "abonează-te la", "urmărește-ne", "urmăriți-ne",
	"подписывайтесь на", "подпишитесь на", "наш телеграм", "наш telegram", "підписуйтесь на", "підпишіться на", "bültenimize", "abone olun", "bizi takip", "ακολουθήστε μας", "εγγραφείτε στο", "تابعونا على", "تابعنا على", "اشترك في نشرتنا", "ما را در", "עקבו אחרינו", "הירשמו ל", "फॉलो करें", "सब्सक्राइब करें",
	"关注我们", "訂閱我們", "订阅我们", "扫描二维码", "フォローしてください", "メルマガ登録", "뉴스레터 구독", "팔로우하세요", "ติดตามเรา", "กดติดตาม", "theo dõi chúng tôi", "đăng ký nhận", "ikuti kami", "berlangganan newsletter",
	"do you have a story", "got a tip", "send us a tip", "have a story idea", "email the author", "reach the reporter", "write to us at", "support our journalism", "support independent journalism",
	"unterstützen sie uns", "mit einer spende", "soutenez-nous", "apoya nuestro periodismo", "hat ihnen dieser artikel gefallen", "did you like this article", "was this article helpful", "war dieser artikel hilfreich", "cet article vous a", "feedback geben", "fehler gefunden", "found an error", "report an error", "report a typo",
})

// claims are what a line about rights and money says anywhere in it.
var claims = newSpotter([]string{
	"earn us a commission", "earn a commission", "affiliate commission", "affiliate links", "affiliate-links", "affiliate link", "affiliate-link", "we may earn", "we may receive a commission", "provision vom händler", "partner-links", "purchases made through links",
	"all rights reserved", "alle rechte vorbehalten", "tous droits réservés", "todos los derechos reservados", "todos os direitos reservados", "tutti i diritti riservati", "riproduzione riservata", "© riproduzione", "alle rechten voorbehouden", "wszelkie prawa zastrzeżone", "všechna práva vyhrazena", "minden jog fenntartva", "toate drepturile rezervate", "все права защищены", "усі права захищені", "tüm hakları saklıdır", "جميع الحقوق محفوظة", "כל הזכויות שמורות", "版权所有", "版權所有", "無断転載", "無断複製", "무단전재",
	"this material may not be published", "may not be reproduced", "republish this",
})

// abouts are the words before or after a company's name that head a text about it.
var abouts = []string{
	"about", "über", "zu", "à propos de", "acerca de", "sobre", "sobre a", "sobre o", "informazioni su", "a proposito di", "over", "om", "tietoa", "o", "o firmie", "o společnosti", "o spoločnosti",
	"о компании", "о", "про", "про компанію", "hakkında", "σχετικά με", "despre", "a cégről", "عن", "نبذة عن", "درباره", "אודות", "के बारे में", "关于", "關於", "について", "소개", "เกี่ยวกับ", "về", "giới thiệu", "tentang",
}

// calls are how a line begins that sends readers off to do something. Articles
// have such sentences too, so only a line with a link goes, near the end.
var calls = newSpotter([]string{
	"subscribe", "sign up", "follow ", "join ", "download ", "get the latest", "get more", "stay informed", "stay up to date", "support ", "donate", "contact ", "send us", "listen to ", "for more ", "click here", "register ", "become a member", "already a subscriber",
	"abonnieren", "melden sie sich", "jetzt ", "folgen sie", "laden sie", "hier geht", "mehr ", "weitere ", "abonnez", "inscrivez", "suivez", "téléchargez", "retrouvez", "pour plus", "suscríb", "regístr", "sigue ", "síguenos", "descarga", "únete", "para más", "inscreva", "assine", "siga ", "baixe", "para mais",
	"iscriviti", "segui ", "scarica", "abbonati", "per maggiori", "meld je", "schrijf je", "volg ", "voor meer", "prenumerera", "följ ", "läs mer", "abonner", "følg ", "tilmeld", "tilaa", "seuraa", "zapisz", "obserwuj", "pobierz", "sledujte", "přihlaste", "stáhněte", "kövess", "iratkozz", "abonează", "urmărește", "descarcă",
	"подпис", "следите", "скачай", "підпис", "стежте", "takip ", "abone ", "indir", "ακολουθ", "εγγραφ", "تابع", "اشترك", "حمل ", "دنبال", "עקבו", "הירשמו", "फॉलो", "सब्सक्राइब", "关注", "訂閱", "订阅", "下载", "フォロー", "登録", "구독", "팔로우", "ติดตาม", "สมัคร", "theo dõi", "đăng ký", "ikuti", "berlangganan", "unduh",
})

// called tells whether the text begins as a call does.
func called(lower string) bool { return calls.starts(lower) }

// opening tells whether the text begins as a pointer elsewhere does.
func opening(lower string) bool { return openings.starts(lower) }

func plea(lower string) bool { return pleas.in(lower) }

// begs tells whether the text begins with a plea.
func begs(lower string) bool { return pleas.starts(lower) }

// claim tells whether the text speaks of the rights in itself, or of what its links earn.
func claim(lower string) bool { return claims.in(lower) }
