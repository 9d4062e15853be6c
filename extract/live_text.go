package extract

import (
	"sort"
	"strings"

	"pressmark/extract/meta"
)

// liveTitle tells whether a title says that the page is a live blog.
func liveTitle(title string) bool {
	lower := strings.ToLower(title)
	for _, phrase := range liveTitles {
		if i := strings.Index(lower, phrase); i >= 0 {
			before, after := i == 0 || !wordByte(lower[i-1]), i+len(phrase) == len(lower) || !wordByte(lower[i+len(phrase)])
			if before && after {
				return true
			}
		}
	}
	return false
}

func wordByte(c byte) bool { return c >= 'a' && c <= 'z' || c >= 0x80 }

var liveTitles = []string{"live", "liveblog", "live-blog", "liveticker", "live-ticker", "newsticker", "newsblog", "ticker", "as it happened", "as it happens", "minute by minute",
	"en direct", "direct", "en vivo", "en directo", "minuto a minuto", "in diretta", "diretta", "ao vivo", "na żywo", "relacja live", "živě", "naživo", "în direct", "live text",
	"онлайн", "текстовая трансляция", "наживо", "canlı", "canlı anlatım", "liveblogg", "direkt", "direkte", "suora", "hetki hetkeltä", "مباشر", "速報", "ライブ", "中継", "直播", "실시간"}

// liveLabels are what stands beside a post and is none of its text.
var liveLabels = set(`keyevent keyevents keymoments latestupdates aufeinenblick wichtigeereignisse lessentiel pinned pin pinnedpost update updated new breaking breakingnews share sharethispost copylink permalink linkcopied showmore readmore
	wichtig angepinnt teilen beitragteilen linkkopieren neu eilmeldung aktualisiert épinglé partager àlaune misàjour miseàjour fijado compartir destacado actualizado
	condividi fissato aggiornamento inevidenza fixado compartilhar partilhar atualizado delen vastgezet dela fäst del fastgjort jaa udostępnij przypięty sdílet připnuto
	поделиться закреплено обновлено важно поширити закріплено paylaş sabitlendi güncellendi مشاركة مثبت シェア 固定 更新 分享 置顶 공유 고정 post posts livefeed livestream
	live livenow link whatsapp facebook twitter x email print`)

// setIn gives the pieces that stay of a live blog's, without labels and times of
// day, and the time of its post at each piece that begins one.
func (o *outline) setIn(posts []post, keep []int) (stay []int, times map[int]meta.Date) {
	if posts == nil {
		return keep, nil
	}
	times = map[int]meta.Date{}
	last, summary := -1, false
	for _, i := range keep {
		at := sort.Search(len(posts), func(n int) bool { return int(o.elements[posts[n].element].last) > i })
		within := at < len(posts) && int(o.elements[posts[at].element].first) <= i
		p := &o.pieces[i]
		if within && p.kind != Row && p.kind != Preformatted && p.runes <= 40 && (p.runes <= clockLength && clockLike(p.text) && !sentence(p.text) || liveLabels[bare(p.text)]) {
			continue
		}
		if label := p.kind == Heading && liveLabels[bare(p.text)]; !within && (label || summary && p.kind == Item) {
			summary = true // "Key events" above the posts says what stands below
			continue
		}
		summary = false
		if within && at != last {
			times[i], last = posts[at].time, at
		}
		stay = append(stay, i)
	}
	return stay, times
}

// blog is the posts as a candidate for the article's place.
func (o *outline) blog(posts []post) candidate {
	c := candidate{name: "live", from: -1}
	for _, p := range posts {
		c.roots = append(c.roots, p.element)
		c.clean += o.elements[p.element].clean
	}
	for i := o.titleAt + 1; o.titleAt >= 0 && i < int(o.elements[c.roots[0]].first); i++ {
		if p := &o.pieces[i]; p.in >= 0 && o.elements[p.in].cut == 0 && p.weight >= 80 {
			c.from = int32(i) // what the blog is about
			break
		}
	}
	return c
}
