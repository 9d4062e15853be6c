package change

// What is furniture, in words. One list serves all languages: a phrase of one
// language is not journalism in another.

// labels are lines that say what stands beside them, in at most 14 words.
var labels = compile(`
^ advertisement|advertisements|advertising|advert|ad|ads|sponsored|promoted|promotion $
^ sponsored|paid|partner|promoted content|post|message|story|by $
^ story|article continued|continues below|after * $
^ story|article continued|continues below * advertisement|ad
^ continue|keep reading|scrolling below? the|this? main? story|article? $
^ scroll|swipe down? to|for continue|more * $
^ skip ad|advert|advertisement|past * $
^ advertisement|ad * continue|continues|story|reading|scroll
^ close|expand|toggle|play|pause|loading|menu|search|print|share $
^ listen to this|the article|story|post|page $
^ listen to this|the article|story|post|page * # min|mins|minute|minutes|sec? $
^ listen : # min|mins|minutes? $
^ getting your trinity audio|player
^ your browser does not support
^ like what you're reading
^ read or share this|the story|article
^ share|email|print|tweet|save|send|gift|bookmark this|the|full article|story|post|page $
^ follow us|me|him|her|them on|at|via
^ follow * on twitter|x|facebook|instagram|threads|bluesky|mastodon|linkedin|telegram
^ join|leave|view|show|post|read|see the|all|a? comments|comment|conversation|discussion|replies $
^ anzeige|werbung|anzeigen $
^ artikel|text * anzeige weiterlesen $
^ nach der|dieser anzeige|werbung * $
^ weiterlesen nach der anzeige $
^ artikel|beitrag anhören|merken|teilen|drucken|vorlesen :? #? min|minuten? $
^ publicité|annonce $
^ la suite|suite de l|cet article * après * publicité $
^ écouter|partager|imprimer|sauvegarder l|cet article :? #? min|minutes? $
^ publicidad|anuncio|patrocinado $
^ escuchar|compartir|guardar|imprimir|escucha este|el? artículo|noticia :? #? min|minutos? $
^ pubblicità|annuncio|sponsorizzato $
^ ascolta|condividi|salva|stampa * articolo :? #? min|minuti? $
^ publicidade|anúncio|patrocinado $
^ continua após|depois a publicidade $
^ continua depois da publicidade $
^ ouvir|compartilhar|partilhar|salvar este|o|a? artigo|texto|notícia|matéria :? #? min|minutos? $
^ advertentie|reclame|gesponsord $
^ verder lezen na|onder de advertentie $
^ lees verder onder de advertentie $
^ tekst|artikel gaat verder onder|na de advertentie|foto|video $
^ luister naar dit artikel
^ annons|annonse|mainos|reklama|reklam|реклама|إعلان|광고 $
^ 広告 $
^ 広 告 $
^ スポンサーリンク $
^ スポンサードリンク $
^ 广告 $
^ 廣告 $
^ โฆษณา $
^ 공유하기 $
`)

// stamps are lines with a time or a reading time, in at most 14 words.
var stamps = compile(`
^ last|first? updated|published|posted|modified|edited|created|filed|reviewed :? on|at? * # 
^ updated|published|posted|modified * ago|now|yesterday|today $
^ # second|seconds|sec|secs|minute|minutes|min|mins|hour|hours|hr|hrs|h|day|days|week|weeks|month|months|year|years ago $
^ a|an|one minute|hour|day|week|month|year ago $
^ just now $
^ # min|mins|minute|minutes|m|second|seconds to? read|reading|listen|watch|video? $
^ # minute|min read|reading * $
^ read|reading|listening|estimated time|read|reading :? * # min|mins|minute|minutes? $
^ # words $
^ as of # 
^ zuletzt|letzte|letztes? aktualisiert|aktualisierung|update|geändert|bearbeitet|veröffentlicht|erstellt|stand :? am|vor|um? * #
^ stand :? #
^ vor # sekunden|minute|minuten|stunde|stunden|tag|tagen|woche|wochen|monat|monaten $
^ vor einer|einem minute|stunde|tag|woche|monat $
^ gerade eben $
^ # min|minute|minuten lesezeit|lesedauer|lesen? $
^ lesezeit|lesedauer :? * # min|minute|minuten? $
^ mis|mise|publié|publiée|modifié|modifiée|actualisé|dernière à? jour|mise? à? jour|le|il? * #
^ il y a # seconde|secondes|minute|minutes|heure|heures|jour|jours|semaine|semaines|mois $
^ il y a une|un heure|minute|jour|semaine|mois $
^ temps de lecture :? * # min|minute|minutes? $
^ lecture :? # min|minute|minutes $
^ # min|minute|minutes de? lecture $
^ actualizado|actualizada|publicado|publicada|modificado|última :? el|hace|actualización|a? * #
^ hace # segundo|segundos|minuto|minutos|hora|horas|día|días|semana|semanas|mes|meses $
^ hace un|una minuto|hora|día|semana|mes $
^ tiempo de lectura :? * # min|minuto|minutos? $
^ # min|minuto|minutos de? lectura $
^ aggiornato|aggiornata|pubblicato|pubblicata|ultimo|modificato :? il|alle|aggiornamento? * #
^ # secondo|secondi|minuto|minuti|ora|ore|giorno|giorni|settimana|settimane|mese|mesi fa $
^ un|una ora|minuto|giorno|settimana|mese? fa $
^ tempo di lettura :? * # min|minuto|minuti? $
^ # min|minuto|minuti di? lettura $
^ atualizado|atualizada|publicado|publicada|modificado|última :? em|há|a|atualização? * #
^ há # segundo|segundos|minuto|minutos|hora|horas|dia|dias|semana|semanas|mês|meses $
^ # segundo|segundos|minuto|minutos|hora|horas|dia|dias|semana|semanas|mês|meses atrás $
^ tempo de leitura :? * # min|minuto|minutos? $
^ # min|minuto|minutos de? leitura $
^ laatst|laatste? bijgewerkt|geüpdatet|gewijzigd|gepubliceerd|geplaatst|update :? op|om? * #
^ # seconde|seconden|minuut|minuten|uur|dag|dagen|week|weken|maand|maanden geleden $
^ een uur|minuut|dag|week|maand geleden $
^ leestijd :? * # min|minuut|minuten? $
^ # min|minuut|minuten leestijd|lezen? $
^ # секунд|секунды|минут|минуты|минуту|часа|часов|час|дня|дней|день|недели|недель|неделю|месяц|месяца|месяцев назад $
^ время чтения :? * # мин|минута|минуты|минут? $
^ # мин|минута|минуты|минут чтения $
^ только что $
^ обновлено|опубликовано :? * #
^ # 分前 $
^ # 時間前 $
^ # 日前 $
^ 更新 :? #
^ 更新日 :? #
^ 更新日時 :? #
^ 公開日 :? #
^ # 分钟前 $
^ # 小时前 $
^ # 小時前 $
^ # 天前 $
^ 更新时间 :? #
^ 发布时间 :? #
^ 更新時間 :? #
^ 阅读时间 :? #
^ # 분 전 $
^ # 시간 전 $
^ # 분전 $
^ # 시간전 $
^ منذ # دقيقة|دقائق|ساعة|ساعات|يوم|أيام $
^ آخر تحديث
^ # นาทีที่แล้ว $
^ # ชั่วโมงที่แล้ว $
^ مدة|وقت القراءة :? * # دقيقة|دقائق? $
^ # دقيقة|دقائق قراءة|للقراءة $
^ 読了時間 :? 約? # 分 $
^ この記事は約? # 分で読めます $
^ 閱讀時間 :? #
^ 预计阅读 :? 时间? # 分钟 $
^ 阅读需? # 分钟 $
^ # วันที่แล้ว $
^ # นาทีก่อน $
^ # ชั่วโมงก่อน $
^ เวลาอ่าน :? * # นาที $
^ ใช้เวลาอ่าน * # นาที $
^ อัปเดตล่าสุด :? #
^ เผยแพร่เมื่อ :? #
`)

// restamps are lines that tell when the text was last changed, which owns up
// to a change when the day or hour is told and not how long ago it was.
var restamps = compile(`
^ last? updated|modified|edited|revised :? * #
^ this article|story|page was last updated|modified * #
^ zuletzt|letzte|letztes? aktualisiert|aktualisierung|geändert|bearbeitet|update :? * #
^ mis|mise à jour :? * #
^ actualizado|actualizada :? * #
^ última actualización|atualização :? * #
^ aggiornato|aggiornata :? * #
^ ultimo aggiornamento :? * #
^ atualizado|atualizada :? * #
^ laatst? bijgewerkt|geüpdatet|gewijzigd :? * #
^ обновлено :? * #
^ 更新 :? #
^ 更新日 :? #
^ 更新日時 :? #
^ 更新时间 :? #
^ 更新時間 :? #
`)

var agos = compile(`
ago
yesterday
vor #
il y a
hace
# * fa $
há
geleden
назад
前
`)

// pointers are lines that lead to another article, in at most 30 words.
var pointers = compile(`
^ read|see|watch|listen more|also|next|now|on :
^ read more|also
^ read|watch|listen|more|related|recommended|trending|also|see|explore|opinion|gallery|photos|video :
^ related article|articles|story|stories|coverage|content|news|topics|links|reading|video|videos
^ see also
^ also on|in|read
^ more from|on|in|stories|news|coverage|about
^ you may|might also? like|be|want
^ what to read next
^ don't miss :?
^ recommended for|stories|articles|reading
^ click|tap here to|for
^ click|tap here $
^ trending|popular now|stories|articles|on|in|this|today
^ most read|popular|viewed|shared|commented|watched|emailed
^ lesen sie|mehr|auch|hier auch|mehr|dazu|hier|über?
^ mehr zum|dazu|zu|von|aus thema? 
^ siehe auch
^ auch interessant
^ das könnte sie|dich auch interessieren
^ meistgelesen|meistgelesene|meistgeklickt|beliebt|topthemen
^ lire|voir|à aussi|également|lire|voir aussi|également?
^ lire la suite
^ sur le même sujet
^ les plus lus|lues|partagés
^ les articles les plus
^ pour aller plus loin
^ lea|lee|leer|vea|ver|mira|más también|más|además|sobre|información|noticias
^ también te|le puede|podría interesar
^ te|le puede|podría|recomendamos interesar?
^ lo más leído|visto|popular
^ las noticias más
^ noticias|artículos|contenido relacionadas|relacionados|relacionado
^ leggi|leggete|guarda|vedi anche|tutto|pure
^ potrebbe|potrebbero interessarti|interessarvi|anche
^ i più letti
^ le più lette
^ articoli|notizie correlati|correlate|collegati
^ leia|veja|saiba|confira também|mais|ainda
^ mais lidas|lidos|sobre|notícias
^ as|os mais lidas|lidos
^ notícias|artigos|conteúdo relacionadas|relacionados
^ lees|bekijk|kijk|luister ook|verder|meer
^ meer over|van|nieuws|uit
^ meest gelezen
^ best gelezen
^ gerelateerde|gerelateerd artikelen|artikel|nieuws
^ läs också|mer|även
^ czytaj|zobacz też|także|również|więcej
^ читайте|смотрите также|ещё
^ 関連記事
^ あわせて読みたい
^ 続きを読む
^ こちらもおすすめ
^ おすすめ記事
^ 人気記事
^ ランキング
^ 相关阅读
^ 相关新闻
^ 相关文章
^ 延伸阅读
^ 延伸閱讀
^ 阅读更多
^ 热门文章
^ 推荐阅读
^ 관련기사
^ 관련 기사
^ اقرأ|شاهد أيضا|المزيد
^ ข่าวที่เกี่ยวข้อง
^ อ่านเพิ่มเติม
^ подробнее :
^ по теме :
^ 相关报道
^ 相關新聞
^ 相關報導
^ おすすめの記事
^ บทความที่เกี่ยวข้อง
`)

// headings stand over a list of other articles.
var headings = compile(`
^ related|recommended|popular|trending|latest|other|similar|featured stories|articles|news|coverage|reading|content|posts|topics|links|headlines :? $
^ related|recommended|trending|popular :? $
^ most read|popular|viewed|shared|commented|watched|emailed * $
^ more stories|articles|news|coverage|headlines|reading|from|on|in * $
^ read more|also|next :? $
^ see also :? $
^ you may|might also? like|be * $
^ what to read next :? $
^ editors picks :? $
^ editor's picks :? $
^ top stories|news :? $
^ mehr zum thema|dazu * $
^ mehr|weitere artikel|themen|nachrichten|zum|aus|dazu|von * $
^ lesen sie|auch auch|mehr? :? $
^ meistgelesen|meistgelesene|beliebt|empfohlen * $
^ das könnte sie|dich auch interessieren $
^ lire|voir|à aussi|également|lire|voir aussi|également? :? $
^ sur le même sujet :? $
^ les plus lus|lues|partagés * $
^ articles|nos liés|recommandés|similaires|articles * $
^ noticias|artículos|contenido relacionadas|relacionados|relacionado|recomendados :? $
^ lo más leído|visto|popular * $
^ más noticias|sobre|en|información * $
^ te|también puede|te interesar|puede interesar? :? $
^ articoli|notizie correlati|correlate|collegati|simili :? $
^ leggi anche :? $
^ i|le più letti|lette * $
^ notícias|artigos|conteúdo relacionadas|relacionados :? $
^ leia|veja também|mais :? $
^ as|os? mais lidas|lidos * $
^ lees|meer|meest|best|gerelateerde|gerelateerd ook|over|gelezen|artikelen|nieuws * $
^ 関連記事 $
^ 関連ニュース $
^ アクセスランキング $
^ 人気記事 $
^ 人気記事ランキング $
^ おすすめ記事 $
^ 相关阅读 $
^ 相关新闻 $
^ 相关文章 $
^ 延伸阅读 $
^ 热门文章 $
^ 推荐阅读 $
^ 관련기사 $
^ اقرأ أيضا $
^ читайте|смотрите также|ещё|еще :? $
^ материалы? по теме :? $
^ новости|статьи|материалы партнёров|партнеров :? $
^ популярное|рекомендуем|рекомендации :? $
^ самое читаемое|популярное|обсуждаемое :? $
^ شاهد أيضا $
^ أخبار|مواضيع|مقالات ذات صلة $
^ الأكثر قراءة|مشاهدة $
^ 相关报道 $
^ 相关内容 $
^ 相關新聞 $
^ 相關報導 $
^ 猜你喜欢 $
^ 関連リンク $
^ おすすめの記事 $
^ あわせて読みたい $
^ ข่าวที่เกี่ยวข้อง $
^ บทความที่เกี่ยวข้อง $
^ เรื่องที่เกี่ยวข้อง $
^ ข่าวยอดนิยม $
^ ข่าวล่าสุด $
^ อ่านเพิ่มเติม :? $
`)

// invitations ask for an address or a subscription.
var invitations = compile(`
sign|signup up? for|to|up * newsletter|newsletters|briefing|briefings|alerts|emails|email|updates
subscribe|subscribing to|for * newsletter|newsletters|podcast|channel|briefing|email|emails
get|receive|have * delivered|straight|sent|direct to|in|into your|you inbox|phone|email
enter|type your e? mail|email
your e? mail|email address
straight|delivered|directly to|into your inbox
download the|our * app
^ subscribe|donate|support|join to|now|today|us|our $
newsletter abonnieren|anmelden|bestellen
abonnieren|bestellen sie|du * newsletter
melden|melde sie|dich * newsletter
e-mail-adresse eingeben
abonnez|inscrivez vous * newsletter|newsletters|lettre|infolettre
recevez * newsletter|boîte|mail
votre adresse e? mail|email|électronique
suscríbete|suscríbase|apúntate|regístrate a|al * newsletter|boletín|boletines
recibe|reciba * correo|newsletter|boletín
iscriviti|iscrivetevi|registrati alla|alle|a * newsletter
ricevi * newsletter|email|mail
inscreva|assine|cadastre|receba * newsletter|boletim|mail
schrijf|meld|abonneer je|u * nieuwsbrief
aanmelden voor * nieuwsbrief
ontvang * nieuwsbrief|mailbox|inbox
メールマガジン
ニュースレター
订阅我们
订阅新闻
뉴스레터
اشترك في
подпишитесь|подписывайтесь|подписаться на * рассылку|канал|новости|уведомления
اشترك|اشتركوا|سجل|سجلوا في|لتلقي * النشرة|نشرتنا|نشرة
订阅电子报
订阅邮件
訂閱電子報
สมัครรับจดหมายข่าว
สมัครรับข่าวสาร
`)

// consents are the words of cookie notices: the site speaks of itself.
var consents = compile(`
this|our|the|these site|website|page|app|sites|websites|publication * use|uses|using cookies
we|partners|us * use|uses|using|store|place|set cookies
agree|consent|accept|accepting|agreeing|consenting * cookies
accept|reject|allow|manage|decline|refuse all? cookies
cookie|cookies policy|settings|preferences|consent|notice|choices
assume you're|you ok|okay|fine with
we|our value|respect your privacy
^ accept|reject|agree|allow all? read|more|cookies|settings|all? * $
^ i|got agree|accept|it $
verwenden|nutzen|nutzt|verwendet|setzen|setzt * cookies
verwendung|einsatz|nutzung von|der * cookies
cookies zustimmen|akzeptieren|ablehnen|zulassen
cookie einstellungen|richtlinie|hinweis
utilise|utilisons|utilisent|dépose|déposons * cookies
utilisation de|des * cookies
accepter|refuser|paramétrer * cookies
utiliza|utilizamos|usa|usamos|utilizan * cookies
uso|utilización|utilização|utilizzo de|di|dei * cookies|cookie
aceptar|rechazar|aceptas|acepta|aceitar|aceita|recusar * cookies
utilizza|utilizziamo|usiamo|usa * cookie|cookies
accetta|accettare|rifiuta|acconsenti * cookie|cookies
gebruikt|gebruiken|gebruik|plaatst|plaatsen * cookies
cookies accepteren|weigeren|toestaan
använder|bruker|bruger|anvender * cookies|kakor|informasjonskapsler
używa|używamy|korzysta|wykorzystuje * cookies|ciasteczek
использует|используем * cookie|cookies|куки
withdraw your consent
accept|aceite|acepta|accetta|accepteer os|las|i|de? cookies
akzeptieren sie die datenschutzerklärung|cookies
einverstanden dass wir cookies
evästeitä|evästeiden|evästeet|evästeistä käyttöä|käytön|parantaaksemme|käyttökokemusta
hyväksy|hyväksyt|hyväksyä|käytämme * evästeet|evästeitä|evästeiden
sütiket|sütik használ|használunk|használatát|tárolunk
elfogadja|elfogadom|elfogadnia a? sütiket|sütik
ciasteczka|ciasteczek|cookies akceptuję|zgoda|zgodę
çerezleri|çerez kullanıyoruz|kullanır|politikası
サイト * cookie
使用 cookie
使用 cookies
쿠키를 사용
ملفات تعريف الارتباط
ใช้คุกกี้
`)

// counts are the same in scripts without spaces, where no single word tells.
var counts = compile(`
^ コメント # 件? $
^ # 件のコメント $
^ # 回閲覧 $
^ いいね # 件? $
^ # 条? 评论 $
^ 评论 :? # 条? $
^ # 則? 留言 $
^ # 次? 阅读 $
^ 阅读 :? # 次? $
^ 浏览 :? # 次? $
^ # 次? 分享 $
^ # 人点赞 $
^ 댓글 # 개? $
^ # ความคิดเห็น $
^ ความคิดเห็น :? # $
^ # ความเห็น $
^ # แชร์ $
^ แชร์ :? # $
^ # วิว $
^ อ่าน :? # ครั้ง $
`)

// countedWords may stand beside a count, or as a row of buttons.
var countedWords = words(`
comment comments share shares view views like likes reply replies retweet retweets reaction reactions save saves bookmark vote votes read reads
tweet email mail e print facebook twitter x whatsapp linkedin reddit pinterest telegram flipboard pocket messenger threads bluesky mastodon copy link url add
kommentar kommentare aufrufe teilen merken drucken geteilt gefällt
commentaire commentaires partage partages partager vues réactions réagir imprimer
comentario comentarios compartir compartido veces vistas visitas imprimir guardar
commento commenti condividi condivisioni visualizzazioni stampa salva
comentário comentários compartilhar partilhar compartilhamentos partilhas visualizações curtidas
reactie reacties delen gedeeld keer bekeken afdrukken opslaan
kommentarer delningar dela komentarze udostępnij комментарий комментария комментариев комментарии просмотр просмотра просмотров поделиться コメント シェア ツイート تعليق تعليقات مشاركة مشاركات مشاهدة مشاهدات إعجاب 댓글 공유`)
