package extract

import (
	"slices"
	"strings"
	"testing"
)

// page sets a byline above and a line below an article of some length.
func signedPage(above, below string) Page {
	text := strings.Repeat("<p>The ferry between the two towns runs again, and the people of the harbour are glad of it, as the mayor said on the quay this morning.</p>", 6)
	return Page{Body: []byte("<html lang=en><title>The ferry runs again</title><body><main><h1>The ferry runs again</h1>" + above + text + below + "</main></body></html>")}
}

func TestShownByline(t *testing.T) {
	for _, c := range []struct {
		name, above, below string
		byline             []string
		agency, from       string
	}{
		{"a line that begins with by", "<p>By Mara Ellingham</p>", "", []string{"Mara Ellingham"}, "", ""},
		{"by and name in two blocks", "<p>Words by</p><p>Mara Ellingham</p>", "", []string{"Mara Ellingham"}, "", ""},
		{"beside the date", "<p>4 March 2026 | Mara Ellingham</p>", "", []string{"Mara Ellingham"}, "", ""},
		{"next to the date", "<div>Mara Ellingham</div><div>4 March 2026</div>", "", []string{"Mara Ellingham"}, "", ""},
		{"below the text", "", "<p>Text: Mara Ellingham</p>", []string{"Mara Ellingham"}, "", ""},
		{"below the text, without a colon", "", "<p>Author Mara Ellingham</p>", []string{"Mara Ellingham"}, "", ""},
		{"a photographer is no author", "", "<p>Photo: Tobias Reeve</p>", nil, "", ""},
		{"an agency in the byline", "<p>By Reuters</p>", "", nil, "Reuters", "byline"},
		{"an agency in the dateline", "<p>PORTO, March 4 (Reuters) - The ferry between the two towns runs again, the company said on Wednesday.</p>", "", nil, "Reuters", "dateline"},
		{"an agency at the end", "", "<p>The next ship leaves the old harbour on Sunday, weather permitting. (dpa)</p>", nil, "dpa", "text end"},
		{"an agency within the text credits nothing", "<p>The ferry runs again, as the company told Reuters (AP had said otherwise) on the quay this morning at nine.</p>", "", nil, "", ""},
		{"nobody", "", "", nil, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := Extract(signedPage(c.above, c.below))
			if !slices.Equal(a.Byline, c.byline) || a.Agency != c.agency || a.AgencyFrom != c.from {
				t.Errorf("byline %q, agency %q from %q; want %q, %q from %q", a.Byline, a.Agency, a.AgencyFrom, c.byline, c.agency, c.from)
			}
		})
	}
}
