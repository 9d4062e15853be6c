package extract

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var slideTexts = []string{
	"The northern quay in the morning of the storm, when the first waves came over its wall.",
	"The night ferry turned round three times before its captain gave up and waited outside.",
	"A baker of Holm carried her bread to the boats on foot, because the road was under water.",
	"In the evening the wind went down, and those who live at the harbour came out to look.",
}

// TestGallery reads galleries as papers write them.
func TestGallery(t *testing.T) {
	for name, slide := range map[string]string{
		"figures":        `<figure><img src=a><figcaption>TEXT <span class="credit">Photo: Jo Lind</span></figcaption></figure>`,
		"captions":       `<div class="slide"><img src=a><div class="caption"><p>TEXT</p></div><div class="photo-credit">© Jo Lind</div></div>`,
		"in a slideshow": `<li class="slideshow-item"><img src=a><p>TEXT</p><p>Photo by Jo Lind</p></li>`,
	} {
		t.Run(name, func(t *testing.T) {
			body := ""
			for _, s := range slideTexts {
				body += strings.ReplaceAll(slide, "TEXT", s)
			}
			a := Extract(Page{URL: "https://courier.test/storm", Body: []byte(`<html lang="en"><head><title>The storm in pictures</title></head><body><main><h1>The storm in pictures</h1><p>A storm has reached the coast of Holm, and our readers went out to see it.</p><div class="gallery">` +
				body + `</div></main><div class="related"><div class="caption">A caption of another story, which is told elsewhere and not here.</div></div></body></html>`)})
			if a.Kind != News {
				t.Fatalf("kind %q: %s", a.Kind, a.Why)
			}
			got := []string{}
			for _, b := range a.Blocks {
				got = append(got, b.Text)
			}
			if d := cmp.Diff(append([]string{"A storm has reached the coast of Holm, and our readers went out to see it."}, slideTexts...), got); d != "" {
				t.Error(d)
			}
		})
	}
	pictures := ""
	for _, s := range slideTexts {
		pictures += "<figure><img src=a><figcaption>" + s + "</figcaption></figure>"
	}
	a := Extract(Page{Body: []byte("<html><body><article><h1>Quay to close for the winter</h1><p>" + strings.Repeat(longish, 4) + "</p>" + pictures + "<p>" + strings.Repeat(longish, 5) + "</p></article></body></html>")})
	if strings.Contains(a.Text(), "baker") {
		t.Errorf("an article's captions are in its text: %s", a.Text())
	}
}
