package meta

import "strings"

// What stands before a date tells what it is the date of.
var (
	publishedWords = strings.Fields(`published publish posted issued released release written created first erschienen veröffentlicht veröffentlichung publiziert erstellt
		publié publie paru mis publicado publicada publicação publicación postado pubblicato pubblicata geplaatst gepubliceerd publicerad publicerat udgivet publisert oprettet
		opublikowano dodano data publikováno vydáno zverejnené publikované közzétéve megjelent objavljeno objavljen објављено опубликовано опубліковано дата публикации публикувано
		yayınlanma yayın yayımlanma eklenme giriş julkaistu avaldatud publicēts paskelbta publicat δημοσίευση δημοσιεύτηκε δημοσιεύθηκε datum date fecha datë dato päivämäärä дата
		diterbitkan terbit đăng ngày เผยแพร่ ลงวันที่ نشر النشر تاريخ انتشار تاریخ פורסם תאריך प्रकाशित প্রকাশ প্রকাশিত வெளியிடப்பட்ட 公開 掲載 配信 発行 发布 发布时间 發布 發布時間 发表 來源 时间 入力 등록 입력 게시 pressemitteilung`)
	modifiedWords = strings.Fields(`updated update modified edited revised changed reviewed aktualisiert aktualisierung aktualisierte geändert änderung bearbeitet stand überarbeitet
		modifié actualisé màj maj jour actualizado actualizada actualización modificado atualizado atualizada atualização modificado aggiornato aggiornata aggiornamento modificato modifica
		bijgewerkt gewijzigd uppdaterad uppdaterat opdateret oppdatert endret ændret zaktualizowano aktualizacja aktualizacji zmodyfikowano aktualizováno aktualizace upraveno
		aktualizované frissítve módosítva ažurirano posodobljeno ажурирано обновлено оновлено изменено изменения обновление актуализирана güncelleme güncellenme güncellendi päivitetty uuendatud muudetud atjaunots
		atnaujinta actualizat modificat ενημέρωση ενημερώθηκε diperbarui dikemaskini cập แก้ไข อัปเดต تحديث بروزرسانی עודכן अपडेट अद्यतन আপডেট 更新 修改 수정 업데이트`)
	otherWords = strings.Fields(`review due expires expiry until deadline event events starts start begins ends end veranstaltung termin termine beginn bis frist ablauf gültig
		copyright © since seit depuis desde founded geboren born died gestorben accessed abgerufen retrieved joined mitglied member registered valid hasta jusqu scadenza`)
)

var labels = func() map[string]Role {
	m := map[string]Role{}
	for _, w := range publishedWords {
		m[w] = ForPublished
	}
	for _, w := range modifiedWords {
		m[w] = ForModified
	}
	for _, w := range otherWords {
		m[w] = elsewhere
	}
	return m
}()

// elsewhere is the role of a date that is not the page's own.
const elsewhere Role = -1

// labelled reads the role of a date from the words right before it. said tells
// whether any of them names one. The nearest word that says something decides,
// but "last" and "first" go with what follows them.
func labelled(before string) (role Role, said bool) {
	if len(before) > 80 {
		before = before[len(before)-80:]
	}
	var room [24]token
	ts := tokens(before, room[:0])
	for i := len(ts) - 1; i >= 0 && i >= len(ts)-6; i-- {
		if ts[i].digits > 0 {
			continue
		}
		if role, ok := labels[strings.ToLower(ts[i].word)]; ok {
			return role, true
		}
		if eastern(ts[i].word) {
			for _, label := range easternLabels {
				if strings.HasSuffix(ts[i].word, label) {
					return labels[label], true
				}
			}
		}
	}
	return Unsaid, false
}

// easternLabels are those of scripts that do not divide words.
var easternLabels = func() []string {
	var out []string
	for _, list := range [][]string{publishedWords, modifiedWords} {
		for _, w := range list {
			if eastern(w) {
				out = append(out, w)
			}
		}
	}
	return out
}()

func eastern(w string) bool { return w != "" && w[0] >= 0xe3 && w[0] <= 0xed }
