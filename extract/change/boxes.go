package change

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
