package change

import (
	"net/http"
	"net/url"
	"strings"
)

// gone reports whether a page tells that its article is not there any more, and how.
func gone(s Snapshot, d *document, l *lexicon) (why string, is bool) {
	switch s.Status {
	case http.StatusNotFound, http.StatusGone, http.StatusUnavailableForLegalReasons:
		return "the server answers " + http.StatusText(s.Status), true
	}
	if toHome(s.URL, s.Final) {
		return "the address leads to the home page", true
	}
	const longestMessage = 80
	size := d.size()
	if size > longestMessage {
		return "", false
	}
	if title := folded(plain(s.Article.Title)); absences().in(title) && len(title) <= 12 {
		return "the page says that it is not there", true
	}
	for i := range d.lines {
		x := &d.lines[i]
		if words := fold(l, x.text, x.tokens); !x.spoken() && absences().in(words) {
			return "the page says that it is not there", true
		}
	}
	return "", false
}

// unclear reports an answer that tells nothing about the article: a server in
// trouble or a refusal.
func unclear(s Snapshot) bool {
	return s.Status >= 500 || s.Status >= 400 && s.Status != http.StatusNotFound && s.Status != http.StatusGone && s.Status != http.StatusUnavailableForLegalReasons
}

// toHome reports whether a request for a page was led to the front of a site.
func toHome(asked, answered string) bool {
	if answered == "" || asked == answered {
		return false
	}
	a, err := url.Parse(asked)
	if err != nil {
		return false
	}
	b, err := url.Parse(answered)
	if err != nil {
		return false
	}
	return !front(a) && front(b)
}

// front reports the address of a home page, of one language too.
func front(u *url.URL) bool {
	if u.RawQuery != "" {
		return false
	}
	switch p := strings.ToLower(strings.Trim(u.Path, "/")); p {
	case "", "index.html", "index.php", "index.htm", "home", "home.html", "default.aspx", "startseite", "accueil", "inicio", "en", "de", "fr", "es", "it", "pt", "nl", "us", "uk":
		return true
	}
	return false
}

// absences tell that there is no page.
var absences = compile(`
page|article|story|content|post|url|link|file cannot|can't|could|was|is|has|not|no|does|doesn't * found|available|exist|exists|removed|deleted|longer|moved
^ not found
^ # not found
^ # error|page
^ error #
^ page|article|content unavailable|removed|deleted|missing
^ gone $
^ oops
no longer available|exists|online
we can't|couldn't|could|cannot * find * page|article|story|content
sorry * page|article|story|content
seite|artikel|beitrag|inhalt * nicht gefunden|verfügbar|mehr|vorhanden|existiert
nicht mehr verfügbar|abrufbar|online
^ nicht gefunden
page|article|contenu introuvable|indisponible|supprimé|supprimée
page|article|contenu n existe|est|a plus|pas
n'existe plus|pas
n'est plus|pas disponible|accessible
página|artículo|contenido|noticia no * encontrada|encontrado|existe|disponible|encuentra
ya no está disponible
no se * encontrado|encuentra|encontró
pagina|articolo|contenuto non * trovata|trovato|esiste|disponibile
non è più disponibile
página|artigo|conteúdo|notícia não * encontrada|encontrado|existe|disponível
não está mais disponível
pagina|artikel|bericht niet|bestaat|is * gevonden|beschikbaar|meer
niet meer beschikbaar
bestaat niet meer
sidan|siden|strona nie|finns|finnes|kunne|kan|hittades|została * inte|ikke|znaleziona
страница не найдена
страница|статья|материал не|удалена|удален|удалён
ページが見つかりません
お探しのページ
記事は削除
公開を終了
页面不存在
页面未找到
找不到页面
找不到網頁
文章不存在
内容已删除
已被删除
페이지를 찾을
الصفحة غير موجودة
ไม่พบหน้า
`)

// walls tell that the rest is for those who pay.
var walls = compile(`
this content|article|story|post|page|report is|are * reserved|exclusive|available|only|locked|restricted|behind * subscribers|members|subscription|subscriber
reserved|only|exclusive|exclusively|available for|to our|paying|paid? subscribers|members
^ for? subscribers|members only $
subscribe|register|sign|log|login|join|upgrade up|in|now|today|here|or? to|and continue|keep|read|unlock|access|finish|view
subscribe|register|join now|today? to|for|and * read|reading|access|unlock
sign|log in or subscribe|create|register
already a|an subscriber|member
already have an account|subscription
to continue|keep|finish|resume reading
continue|keep reading with|for
unlock|read the|this full|rest|whole|entire? article|story
become a subscriber|member * read|continue|access|unlock
start your free? trial
you have|you've read|reached|used * free|monthly|article|articles limit|articles|article|left?
# free articles|article
the rest of this|the article|story
nur|exklusiv für|mit abonnenten|abo|abonnement|mitglieder
jetzt abonnieren|abonnent und|weiterlesen|werden
weiterlesen mit
mit * abo|abonnement weiterlesen|lesen
um|zum weiterlesen|diesen * artikel? * abo|abonnieren|anmelden|registrieren|lesen|freischalten
bereits|schon abonnent|abonniert|registriert
kostenpflichtig|kostenpflichtiger inhalt|artikel
réservé|réservée|réservés|exclusif aux|à|nos abonnés|nos|membres
la suite * est|article * réservée|abonnés
il vous reste # 
déjà abonné|abonnée
abonnez|connectez vous? pour|et continuer|lire|accéder|débloquer|poursuivre
pour continuer|lire|poursuivre * abonnez|lecture|article
exclusivo|exclusiva|solo|sólo|reservado para|a suscriptores|abonados|los|socios
suscríbete|suscríbase|regístrate|inicia para|y|sesión seguir|continuar|leer|y|para
para seguir|continuar leyendo
ya eres suscriptor
riservato|riservati|esclusivo agli|per|a abbonati|gli
abbonati|registrati|accedi per|e continuare|leggere|sbloccare
per continuare a leggere
sei|già già|abbonato abbonato?
exclusivo|reservado|só|apenas para|a|aos assinantes
assine|cadastre|entre se? para|e continuar|ler|acessar|desbloquear
para continuar lendo
já é|assinante assinante?
alleen|exclusief voor abonnees|leden
word abonnee|lid
verder lezen|lees verder|met|als met|abonnement|abonnee|word?
al abonnee|lid
om * verder te lezen
この記事は有料
会員限定
有料会員
続きを読むには
订阅后
登录后
付费阅读
仅限订阅
仅限会员
유료회원
للمشتركين فقط
только для подписчиков
abo|abonnement abschließen|bestellen|testen * weiterlesen|lesen
оформите|оформить|купите|купить * подписку * читать|чтения|доступ|прочитать
только для подписчиков
доступна|доступен|доступно|доступны * только * подписчикам
اشترك|سجل لمتابعة|لمواصلة|لقراءة|لإكمال
للمشتركين فقط
订阅后继续阅读
订阅以继续阅读
登录后继续阅读
订阅后阅读全文
สมัครสมาชิกเพื่ออ่าน
เข้าสู่ระบบเพื่ออ่าน
เฉพาะสมาชิกเท่านั้น
`)
