package extract

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"testing"

	"pressmark/extract/memory"
)

// taught gives the memory of a site that was taught these pages.
func taught(pages ...Page) *memory.Site {
	s := memory.New()
	for _, p := range pages {
		p.Memory = s.Read(false)
		if a := Extract(p); a.Kind == News || a.Kind == Partial {
			s.Learn(p.Memory)
		}
	}
	return s
}

// With -eval it prints how well the pages of the sample's sites are read after
// none, one, three and ten other pages of theirs.
func TestGrows(t *testing.T) {
	sites := map[string][]*known{}
	for _, k := range readSample(t) {
		if k.Corpus != "hard" && k.Site != "" && k.Corpus != "wcxb-other" {
			sites[k.Site] = append(sites[k.Site], k)
		}
	}
	seen := []int{0, 1, 3, 10}
	bodies := map[string]*[4]bodyScore{"A": {}, "B": {}}
	segments := map[string]*[4]segmentScore{"A": {}, "B": {}}
	for _, site := range slices.Sorted(maps.Keys(sites)) {
		list := sites[site]
		if len(list) < 2 {
			continue
		}
		for _, k := range list {
			if k.Body == nil && len(k.With)+len(k.Without) == 0 {
				continue
			}
			var others []Page
			for _, other := range list {
				if other != k && other.URL != k.URL && path.Base(other.ID) != path.Base(k.ID) {
					others = append(others, other.page(t))
				}
			}
			page := k.page(t)
			var before Article
			for i, n := range seen {
				if i > 0 && min(seen[i-1], len(others)) < min(n, len(others)) || i == 0 {
					page.Memory = taught(others[:min(n, len(others))]...).Read(false)
				}
				a := Extract(page)
				text := a.Text()
				if k.Body != nil {
					f := bodies[k.half()][i].add(compareRuns(runs(*k.Body), runs(text)))
					if i == 0 {
						before = a
					} else if i == len(seen)-1 && text != before.Text() {
						t.Logf("%s: F1 %.3f", k.ID, f)
						for _, r := range a.Removed {
							if strings.HasPrefix(r.Rule, siteRule) {
								t.Logf("   %s: %.300q", r.Rule, r.Text)
							}
						}
						t.Logf("   moved %v, %d blocks, were %d", page.Memory.Touched(), len(a.Blocks), len(before.Blocks))
					}
				}
				segments[k.half()][i].add(text, k.With, k.Without)
			}
		}
	}
	for _, half := range []string{"A", "B"} {
		for i, n := range seen {
			f1, p, r := bodies[half][i].sums()
			s1, sp, sr := segments[half][i].sums()
			t.Logf("half %s, %2d other pages seen: %s", half, n, fmt.Sprintf("body F1 %.4f P %.4f R %.4f of %d pages; segments F1 %.4f P %.4f R %.4f", f1, p, r, bodies[half][i].pages, s1, sp, sr))
		}
	}
}
