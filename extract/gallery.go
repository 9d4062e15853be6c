package extract

import (
	"slices"
	"strings"

	"pressmark/extract/meta"
)

// slides gives the pieces that stay, with the captions among them when the page
// is a gallery: one whose text is mostly what its pictures' captions say. On any
// other page captions are furniture.
func (o *outline) slides(keep []int, title string, f *meta.Facts) []int {
	text := 0 // what is no caption
	for _, i := range keep {
		if p := &o.pieces[i]; p.weight > 0 && o.caption(p.in) < 0 {
			text += p.weight
		}
	}
	if text > 2500 || len(keep) == 0 && o.elements[0].prose == 0 {
		return keep
	}
	var all []int // intro and captions, in reading order
	weight, last, slides := 0, int32(-1), 0
	seen := map[string]bool{}
	for i := max(0, o.titleAt+1); i < len(o.pieces); i++ {
		p := &o.pieces[i]
		if p.in < 0 || o.elements[p.in].cut&^captionMark != 0 || p.weight == 0 && p.kind != Heading || p.linked*2 > p.runes || pictured(p.text) {
			continue
		}
		k, cut := bare(p.text), o.elements[p.in].cut
		if _, kept := slices.BinarySearch(keep, i); seen[k] || !kept && cut == 0 && (len(keep) > 0 && i > keep[0]) {
			continue // the same slide, large and small; what was taken out of the text
		}
		holder := o.caption(p.in)
		if holder < 0 {
			if slides == 0 && cut == 0 && p.weight > 0 { // what the pictures show
				all, seen[k] = append(all, i), true
			}
			continue
		}
		all, seen[k] = append(all, i), true
		weight += p.weight
		if p.weight > 0 && holder != last {
			slides++
			last = holder
		}
	}
	named := slices.ContainsFunc(f.Types, func(t string) bool { return t == "ImageGallery" || t == "MediaGallery" }) || galleryTitle(title+" "+f.Section)
	if slides < 3 || weight <= text || !named && (slides < 4 || weight < 2*text) {
		return keep
	}
	for _, i := range keep {
		if p := &o.pieces[i]; !seen[bare(p.text)] && !pictured(p.text) {
			all = append(all, i)
		}
	}
	slices.Sort(all)
	return all
}

// caption gives the caption or slide that the element is or stands in; -1 when there is none.
func (o *outline) caption(e int32) int32 {
	for range 5 {
		if e < 0 || o.elements[e].marks&captionMark != 0 {
			break
		}
		e = o.elements[e].parent
	}
	if e < 0 || o.elements[e].marks&captionMark == 0 || o.elements[e].prose > 1500 {
		return -1
	}
	return e
}

// pictured tells a line that says who took a picture, and no more.
func pictured(s string) bool {
	lower := strings.ToLower(s)
	if len(s) < 120 && strings.ContainsAny(s, "©") {
		return true
	}
	for _, p := range []string{"photo:", "photo by", "photograph:", "foto:", "bild:", "picture:", "image:", "credit:", "crédit", "fotó:", "kuva:", "zdjęcie:", "фото:", "fotoğraf:", "photo credit"} {
		if strings.HasPrefix(lower, p) && len(s) < 120 {
			return true
		}
	}
	return false
}

// galleryTitle tells whether a title says that the page is a gallery.
func galleryTitle(title string) bool {
	lower := strings.ToLower(title)
	for _, w := range []string{"gallery", "in pictures", "in photos", "slideshow", "photo essay", "bildergalerie", "fotostrecke", "bilderstrecke", "in bildern", "diaporama", "en images", "galería", "fotogalería",
		"en imágenes", "galeria", "em imagens", "fotogallery", "in foto", "fotoserie", "in beeld", "bildspel", "billedserie", "galerie", "fotogaleri", "фоторепортаж", "галерея", "фотогалерея"} {
		if strings.Contains(lower, w) {
			return true
		}
	}
	return false
}
