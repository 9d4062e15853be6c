package meta

import "strings"

// The words of credits in many languages, lower case. Each table is what one
// place of a credit may hold: "Ein Beitrag von Ana Vidal, Redakteurin, am Montag".

func words(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}

// phrasesOf reads a table of phrases, one between two commas.
func phrasesOf(s string) map[string]bool {
	m := map[string]bool{}
	for _, p := range strings.Split(s, ",") {
		m[strings.Join(strings.Fields(p), " ")] = true
	}
	return m
}

// conjunctions join the people of a credit.
var conjunctions = words(`and und et og och en with mit avec med met com con cu и й та і и ja oraz ve és și şi sau dan και də və 및 와 과 și kaj agus eta plus und/oder
	× x und feat featuring dengan со з із с`)

// of is "by" in languages where the word may also be part of a name.
var of = words(`von vom par por di da de du av af door od przez oleh från fra от від az a(z) af: van dla pod por: par: von: de: di: bởi tarafından by by:`)

// intros may stand before "by": "Posted by", "Ein Beitrag von", "Propos recueillis par".
var intros = words(`eingereicht gepostet zusammengestellt redigiert übersetzt hochgeladen alles alle zeige beitrag beiträge artikel artikeln ein eine eingestellt veröffentlicht erstellt geschrieben verfasst aufgezeichnet interview kommentar
	kolumne gastbeitrag gastkommentar analyse analyses reportage bericht porträt text texte testo texto tekst tekster publié publiée publie rédigé rédigée écrit propos
	article articles tribune chronique entretien édito publicado publicada escrito escrita escribe entrevista redactado elaborado scritto scritta pubblicato pubblicata
	cura articolo articoli intervista geplaatst geschreven gepubliceerd artikelen skrevet skriven publicerad publicert publiceret skrifað napisane napisany opublikowane
	opublikował dodane autor publikováno napsal napsala objavljeno piše pisao опубликовано автор ditulis artigo postado por yazan kirjoittanut írta szerző notizie
	aktualisiert mis creato creata inserito postado reportagem coluna opinião opinión análisis análise un une il una reportaje por:`)

// leads stand before a name and are never part of one.
var leads = words(`by author authors author: written posted published reported story words text edited report article review reviewed photo photos analysis opinion comment guide interview
	autor autorin autoren autor/in autor:in autor*in autorinnen auteur auteure auteurs autrice autore autrici autori autora autores författare forfatter kirjoittaja toimittaja szerző írta συντάκτης
	автор автори авторы текст yazar yazan penulis oleh pewarta napsal napsala napisal napisala piše tekst tekst: texte texto testo redaktion: redaction: escribe firma
	kommentar kolumne gastbeitrag gastkommentar commentary contributed contributor guest words: exclusive verfasser verfasserin gastautor gastautorin mr. avtor
	tác giả theo मूल लेखक द्वारा ผู้เขียน โดย כתב מאת بقلم كتب كتبت الكاتب المؤلف نویسنده نوشته :by 作者 文 撰文 記者 记者 本报记者 編輯 编辑 責編 责编 责任编辑 責任編輯 取材 글 기자`)

// pictures are labels after which photographers are named, and sources.
var pictures = words(`foto fotos photo photos image images picture pictures bild bilder photograph photographs photography illustration illustrations illustrationen grafik grafiken
	graphic graphics video videos quelle quellen source sources fuente fuentes fonte fonti kilde källa credit credits photographie crédit crédits фото видео источник zdjęcie zdjęcia fot
	zdroj fotó kuva kuvat görsel fotoğraf kaynak copyright 图 图片 來源 来源 사진 写真 出典 صورة 攝影 摄影`)

// particle words are small in names.
var particle = words(`de del della dello dei degli di da dos das do du des d la le les lo los las el al il y e i van von der den ter ten te op 't vom zu zur zum af av bin bint ibn ben abu abi
	ould wa ap ab o' mac mc san santa st st. saint und-zu und zu-und dal dalla dall' af van't het der' 'n in't to tot ur ul uz e' dela`)

// generations follow a name and belong to it.
var generations = words(`jr jr. sr sr. ii iii iv júnior junior filho neto`)

// degrees follow a name and do not belong to it.
var degrees = words(`phd ph.d ph.d. md m.d m.d. mph ms msc m.sc m.sc. mba bsc rd rdn rn cfp cfp® cpa esq esq. llm dds dvm do mfa ma m.a m.a. ba b.a jd j.d. pharmd cfa cissp lcsw np pa-c dnp faap
	facs mbbs frcp obe mbe cbe cscs cpt ldn`)

// articles begin the names of papers and desks.
var articles = words(`the our your my this ask die das eine ein les une il zur zum alle mehr weiter zurück all more back see view meet contact afficher voir mostrar ver zeige vedi tutti todos lees meer about über`)

// jobs tell what somebody does; a credit with one is a name and a job, or a desk.
var jobs = words(`editor editors reporter reporters correspondent correspondents writer writers columnist journalist journalists journalistin journalisten redakteur redakteurin redakteure
	redaktör redaktør redacteur redactor redactora producer chief analyst contributor contributors contributing senior junior-editor deputy korrespondent korrespondentin korrespondenten
	journaliste journalistes periodista periodistas giornalista giornalisti jornalista reportero corresponsal corrispondente correspondente correspondant correspondante
	correspondants dziennikarz dziennikarka reporterin reporterka redaktor redaktorka novinář novinářka newsreader experte expertin kolumnist kolumnistin director manager ceo cto cfo cofounder co-founder founder
	photographer photojournalist fotograf fotografin photographe fotógrafo professor professorin volontär volontärin praktikant praktikantin leiter leiterin chefredakteur chefredakteurin
	chefredaktör chefredaktor ressortleiter ressortleiterin geschäftsführer geschäftsführerin projektleiter projektleiterin rechtsanwalt rechtsanwältin pressesprecher pressesprecherin
	корреспондент журналист редактор обозреватель muhabir muhabiri editör editörü wartawan journalista toimittaja újságíró szerkesztő gastautor gastautorin staffwriter
	strategist specialist consultant engineer developer designer attorney fellow intern assistant associate executive president vice freelance freelancer
	lead principal head former licensed certified registered multimedia multiplatform newsletter`)

// institution words are in the names of desks, papers and firms, and not in those of people.
var institution = words(`redaktion redaktionen redaktionsteam redaction rédaction redacción redazione redação redakcja redakce redactie redakcija redakció redaktionell toimitus редакция редакція uredništvo
	newsroom desk bureau team staff agencies agency agenturen agentur agencias agencia agence agences agenzia agenzie news service services nachrichten noticias reports department
	center centre institute foundation university society association committee council ministry office press gmbh inc inc. ltd ltd. llc ag kg co. e.v e.v. corporation company companies
	magazine magazin newspaper zeitung tageblatt kurier times gazette herald online digital media studio studios web website blog verlag publishing editorial board guest admin administrator
	webmaster wordpress editors editorials everyone readers writers research communications marketing group network wire syndicate presseportal pressestelle öffentlichkeitsarbeit haber haberler cortesía courtesy national
	club verein stiftung sponsored advertorial partner content customer support sales reuters copy link url css font edit size medium-large creative commons terms policy privacy free trial download buy shop cart price 编辑部 編集部 網 网 新闻 통신`)

// ends are words that no name holds: what follows is a sentence, a date or a place.
var ends = words(`updated published posted last on at from via is was has had are covers writes wrote who the see view more read follow for as of about this that an
	aktualisiert veröffentlicht am um ist für über seit vor mehr kontakt folgen folge publié publiée mis modifié actualizado actualizada publicado publicada pubblicato
	aggiornato atualizado uppdaterad oppdatert opdateret päivitetty zaktualizowano opublikowano aktualizováno обновлено опубликовано güncelleme uhr shares share bio profile comments comment join joined
	klo kl kl. heute gestern ago twitter facebook instagram linkedin email e-mail mail tweet website minutes minute read. get stories contributed reporting illustrated illustrations edited reviewed photographs photography
	clock est edt gmt utc cet pst pdt bst ist: wib`)

// wideLeads and wideTrails are the same for scripts without spaces.
var (
	wideLeads  = []string{"本报记者", "責任編輯", "责任编辑", "記者", "记者", "作者", "撰文", "編輯", "编辑", "責編", "责编", "取材"}
	wideTrails = words(`기자 특파원 선임기자 記者 记者 編集委員 論説委員 撰 報導 报道 さん 氏`)
)

// never are values that templates put where an author should be.
var never = phrasesOf(`admin, administrator, root, webmaster, author, authors, autor, auteur, autore, unknown, null, none, nil, undefined, wordpress, guest, user, name, by, anonymous, n/a, na, false, true,
	about the author, about, see all posts, view all posts, website, facebook, twitter, follow, posted by, written by, no author, agencies, agency, link, datum, veröffentlicht, erstellt, kontakt,
	staff writer, web desk, see full bio, full bio, view bio, read bio, more by this author, autor/in, autorin, autoren, published, updated, email, e-mail, bio, contributor, home, publiziert, quelle,
	view profile, profile, read more, more, share, share this, author archive, archive, archiv anzeigen, afficher mon profil complet, view my complete profile, topic author, all posts, subscribe,
	written, posted, reviewed by, edited by, fact checked by, medically reviewed by, default, default user, super user, superuser, site admin, editor, editors, contributors, author name, your name, firstname lastname, last, last name, first name,
	image, photo, foto, video, source, advertisement, sponsored, sponsored content, login, log in, register, search, menu, comments, leave a comment, tweet, shares, mins, min, reddit, pinterest, linkedin, whatsapp, telegram, flipboard, print, save, listen, copy link, size, small, reply, history, archives, archive, date, time, tags, category`)

var weekdays = words(`mon tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag
	lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo lunedì martedì mercoledì giovedì venerdì sabato domenica
	maandag dinsdag woensdag donderdag vrijdag zaterdag zondag måndag tisdag onsdag torsdag fredag lördag söndag mandag tirsdag lørdag søndag`)
