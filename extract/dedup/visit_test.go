package dedup

import "testing"

// A minister's visit: an agency's report, the same told anew by an editor who
// keeps its order, its quotations and its facts, and what another paper's own
// correspondent saw of it. The second is the first again, the third is not.
func TestARetellingIsACopyAndAnotherReportIsNot(t *testing.T) {
	report := read(t, "visit", "nordpress.test", 3)
	for _, c := range []struct {
		name, file string
		story      string
	}{
		{"retold", "visit-retold", "report"},
		{"own correspondent", "visit-own", "visit-own"},
	} {
		for _, site := range []string{"mirror.test", "echo.test"} {
			g := NewGrouper(0)
			if _, err := g.Add("report", report); err != nil {
				t.Fatal(err)
			}
			got, err := g.Add(c.file, read(t, c.file, site, 4))
			if err != nil {
				t.Fatal(err)
			}
			if got.Story != c.story {
				t.Errorf("%s: story %s, want %s (%s)", c.name, got.Story, c.story, got.Why)
			}
			if c.story == "report" && got.Relation != Rewritten {
				t.Errorf("%s: %s, want %s (%s)", c.name, got.Relation, Rewritten, got.Why)
			}
		}
	}
}
