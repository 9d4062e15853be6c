package change

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
