package change

// A note is what a paper says about its own text.
type note int

const (
	noNote note = iota
	updateNote
	correctionNote
	retractionNote
)

// longestNote is the most words that a line with a note has; a longer one is
// journalism about corrections.
const longestNote = 90

// noteIn tells which note the words are.
func noteIn(words []string) note {
	switch {
	case len(words) > longestNote:
		return noNote
	case retractions().in(words):
		return retractionNote
	case corrections().in(words):
		return correctionNote
	case updates().in(words):
		return updateNote
	}
	return noNote
}

var retractions = compile(`
^ retraction|retracted|withdrawn :
^ retraction notice|statement
this article|story|report|post|piece|column|item|page * retracted|withdrawn|unpublished|depublished
this article|story|report|post|piece|column has|was been? removed|deleted|pulled|taken
has|have retracted|withdrawn|pulled|unpublished|removed this article|story|report|post|piece|column
the original text|article|story has|was been? removed|deleted
we are? retract|retracting|withdraw|withdrawing this|the article|story|report|post|piece|column
^ zurückgezogen :
^ widerruf :
dieser|diesen artikel|text|beitrag|bericht|meldung * zurückgezogen|depubliziert
diese|die meldung|geschichte|recherche * zurückgezogen|depubliziert
^ rétractation|retrait :
cet|cette article|texte|dépêche|enquête a|est été? retiré|retirée|rétracté|rétractée|dépublié|supprimé
avons|a retiré|dépublié cet|cette|l article|texte|dépêche|enquête
^ retractación|retractado|retirado :
este|esta artículo|noticia|texto|nota|información ha|fue|queda sido? retirado|retirada|retractado|retractada|eliminado|eliminada
hemos|ha retirado este|esta|el|la artículo|noticia|texto|nota|información
^ ritrattazione|ritirato :
questo|quest articolo|testo|pezzo è|stato stato? ritirato|ritrattato|rimosso
ha|abbiamo ritirato|rimosso questo|l|il articolo|testo|pezzo
^ retratação|retirado :
este|esta artigo|texto|reportagem|notícia|matéria foi retirado|retirada|retratado|removido|removida|despublicado|despublicada
retirou|retiramos|removemos este|esta|o|a artigo|texto|reportagem|notícia|matéria
^ ingetrokken|intrekking :
dit artikel|bericht|stuk|verhaal * ingetrokken|verwijderd|teruggetrokken
記事を取り消し
記事を撤回
撤稿
本文已撤回
отозвана|отозван редакцией
эта|этот|данная|данный статья|материал|текст|новость|публикация * отозвана|отозван|удалена|удалён|удален|снята|снят
редакция * отозвала|сняла|удалила эту|этот|данную|данный|статью|материал|текст|публикацию
سحب هذا|هذه المقال|المقالة|الخبر|التقرير|المادة
記事は撤回
記事を取り下げ
本記事を削除
本文已被撤回
撤回本文
บทความนี้ถูกถอน
ถอนบทความนี้
ขอถอนข่าวนี้
`)

var corrections = compile(`
^ correction|corrections|clarification|clarifications|erratum|corrigendum|corrected :
^ correction|clarification appended|notice
^ corrects|refiles|recasts|corrected to|spelling|paragraph|headline|date|name|title|typo|day|year
^ correction # # #
this article|story|report|post|piece|column|item|headline|page|version|interview|review|analysis|caption|newsletter has|have|was|is been? since|also|now? corrected|amended|clarified
an? earlier|previous|original|initial|prior version|versions|edition of this|the|our article|story|report|post|piece|column|headline|page|caption
earlier|previous|original version|versions * misstated|misspelled|misidentified|incorrectly|wrongly|erroneously|mistakenly
this article|story|report|post|piece|column|headline originally|previously|initially|incorrectly|mistakenly|wrongly|misstated|misspelled|misidentified
we regret|apologise|apologize * error|errors|mistake|inaccuracy
this|the article|story|report|post|piece|headline * updated|amended|edited|revised|changed to correct|clarify|fix
^ berichtigung|korrektur|richtigstellung|korrekturhinweis|präzisierung :
in einer|der früheren|ersten|vorherigen|ursprünglichen|älteren version|fassung
eine|die frühere|erste|vorherige|ursprüngliche version|fassung dieses|des|der artikels|textes|beitrags|berichts|meldung
in dieser|diesem|dem artikel|beitrag|text * hieß es|zunächst|fälschlicherweise|irrtümlich
wir haben * korrigiert|berichtigt|richtiggestellt
wurde nachträglich|inzwischen|mittlerweile|daraufhin korrigiert|berichtigt|richtiggestellt
^ rectificatif|rectification|erratum|correction|précision :
une|la version précédente|antérieure|initiale|originale de|du cet|cette|l|notre? article|texte
une|la première|précédente version de|du cet|cette|l|notre? article|texte
cet|cette article|texte|dépêche|version * a été corrigé|corrigée|rectifié|rectifiée|modifié pour
^ corrección|rectificación|aclaración :
^ fe de errores|erratas|errata
una|la versión anterior|previa|original|inicial de este|esta|el|la artículo|noticia|texto|nota|información|pieza
este|esta artículo|noticia|texto|nota|información|pieza ha|fue sido? corregido|corregida|rectificado|rectificada|modificado|modificada
^ errata|rettifica|correzione|precisazione corrige?
^ rettifica|correzione|precisazione :
una|la|nella versione precedente|iniziale|originale di|dell questo|quest? articolo|testo|pezzo
una|la precedente versione di|dell questo|quest? articolo|testo|pezzo
questo|quest|l articolo|testo|pezzo è stato corretto|rettificato|modificato
^ errata|erramos|correção|retificação :
^ erramos
uma|a versão anterior|inicial|original deste|desta|do|da artigo|texto|reportagem|notícia|matéria
este|esta artigo|texto|reportagem|notícia|matéria foi corrigido|corrigida|retificado|retificada
^ correctie|rectificatie|aanvulling|verbetering :
in|een een? eerdere|vorige|oorspronkelijke versie van dit|het artikel|bericht|stuk|verhaal
dit artikel|bericht|stuk|verhaal is|werd gecorrigeerd|gerectificeerd
^ rättelse|rettelse|rättning|korrigering :
^ sprostowanie|korekta :
^ исправление|поправка :
в предыдущей|ранней|первоначальной|прежней версии
^ 訂正
^ おわびと訂正
お詫びして訂正
^ 更正
特此更正
本文曾
^ 정정
바로잡습니다
^ تصحيح|تصويب :
^ แก้ไข :
`)

var updates = compile(`
^ update|updates|updated|editor's|editors note|notice? :
^ update|updates|updated # :
this article|story|report|post|piece|column|page * updated|revised|expanded|edited
this is a breaking|developing news? story
^ aktualisierung|update|aktualisiert :
dieser|diesen|der artikel|text|beitrag|bericht * aktualisiert|ergänzt|überarbeitet
diese meldung|version * aktualisiert|ergänzt
^ anmerkung|hinweis der redaktion
^ mise à jour :
cet|cette article|texte|dépêche a|est été? mis|mise|actualisé|complété|enrichi
^ actualización|actualizado :
este|esta artículo|noticia|texto|nota|información ha|fue sido? actualizado|actualizada|ampliado|ampliada
^ aggiornamento|aggiornato :
questo|quest|l articolo|testo|pezzo è stato aggiornato|integrato
^ atualização|atualizado :
este|esta artigo|texto|reportagem|notícia|matéria foi atualizado|atualizada
^ update :
dit artikel|bericht|stuk|verhaal is|werd|wordt geactualiseerd|bijgewerkt|aangevuld|aangepast
^ 更新 :
^ 追記
^ تحديث :
^ обновлено :
`)
