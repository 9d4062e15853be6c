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
