package extract

import (
	"strings"
	"testing"
)

func storyWith(s string) string {
	const more = `<p>The council of the harbour town met on Tuesday and agreed, after a debate of four hours, to close the old bridge for repairs.</p>`
	return `<html lang="en"><title>The old bridge is closed</title><article><h1>The old bridge is closed</h1>` + more + s +
		strings.ReplaceAll(more, "Tuesday", "Friday") + strings.ReplaceAll(more, "Tuesday", "Sunday") + `</article>`
}

// What is struck, a mark of a note or a reading is left out; raised digits stay raised.
func TestInline(t *testing.T) {
	for in, want := range map[string]string{
		`It will cost <del>13</del> <ins>30</ins> million, the mayor said on Monday evening.`:          `It will cost 30 million, the mayor said on Monday evening.`,
		`It will cost <s>13</s> 30 million, the mayor said on Monday evening.`:                         `It will cost 30 million, the mayor said on Monday evening.`,
		`It will cost <strike>13</strike> 30 million, the mayor said on Monday evening.`:               `It will cost 30 million, the mayor said on Monday evening.`,
		`<s>It will cost much more than that, the mayor said on Monday evening.</s>`:                   `It will cost much more than that, the mayor said on Monday evening.`,
		`They found 10<sup>6</sup> litres of CO<sub>2</sub> in the tank, the mayor said on Monday.`:    `They found 10⁶ litres of CO₂ in the tank, the mayor said on Monday.`,
		`They found 3 x 10<sup>-12</sup> m<sup>3</sup>, the mayor said on Monday evening in town.`:     `They found 3 x 10⁻¹² m³, the mayor said on Monday evening in town.`,
		`On the 1<sup>st</sup> of May it will close, the mayor said on Monday evening in town.`:        `On the 1st of May it will close, the mayor said on Monday evening in town.`,
		`It will cost 30 million.<sup><a href="#fn1">1</a></sup> The mayor said so on Monday evening.`: `It will cost 30 million. The mayor said so on Monday evening.`,
		`It will cost 30 million.<sup class="footnote">12</sup> The mayor said so on Monday evening.`:  `It will cost 30 million. The mayor said so on Monday evening.`,
		`It will cost 30 million<a href="#cite_note-2">[2]</a>, the mayor said on Monday evening.`:     `It will cost 30 million, the mayor said on Monday evening.`,
		`As chapter <a href="#c4">4</a> of the report of the council says, it will cost 30 million.`:   `As chapter 4 of the report of the council says, it will cost 30 million.`,
		`The <a href="https://un.test/#a">UN</a> said on Monday evening that it will cost 30 million.`: `The UN said on Monday evening that it will cost 30 million.`,
		`<ruby>隅田<rp>(</rp><rt>すみだ</rt><rp>)</rp></ruby>川の花火大会が、市の発表によると今年は中止になり、来年の夏に開かれる予定だという。`:     `隅田川の花火大会が、市の発表によると今年は中止になり、来年の夏に開かれる予定だという。`,
	} {
		a := Extract(Page{URL: "https://paper.test/2026/01/02/x", Body: []byte(storyWith("<p>" + in + "</p>"))})
		if len(a.Blocks) != 4 || a.Blocks[1].Text != want {
			t.Errorf("%s\ngives %v\nwant  %s", in, a.Blocks, want)
		}
	}
}

// A cell that holds paragraphs is a part of the page; one that holds a short text is a cell.
func TestLayoutTable(t *testing.T) {
	said := []string{
		"The council of the harbour town met on Tuesday and agreed to close the old bridge for repairs.",
		"Engineers found cracks in two of the pillars last week, and the city does not want to wait.",
		"\"We could not answer for it,\" the mayor said after the debate, which took four hours.",
		"Buses will go round by the northern bridge until the work is done in the autumn of next year.",
		"The ferry, which had been given up ten years ago, is to run again from the first of June.",
	}
	for _, page := range []string{
		`<TABLE><TR><TD><A HREF="/">Home</A><BR><A HREF="/news">News</A></TD><TD><FONT SIZE=5><B>The old bridge is closed</B></FONT><BR><BR>` + strings.Join(said, "<BR><BR>\n") + `</TD></TR></TABLE>`,
		`<TABLE><TR><TD><TABLE><TR><TD><P>` + strings.Join(said, "<P>") + `</TD></TR></TABLE></TD></TR></TABLE>`,
		`<TABLE><TR><TD><FONT FACE=Arial>` + strings.Join(said, "<BR>\n<BR>") + `</FONT></TD></TR></TABLE>`,
	} {
		a := Extract(Page{URL: "https://paper.test/2003/01/02/x.html", Body: []byte(`<HTML><HEAD><TITLE>The old bridge is closed</TITLE></HEAD><BODY>` + page + `</BODY></HTML>`)})
		if got := a.Text(); !strings.HasSuffix(got, strings.Join(said, "\n\n")) {
			t.Errorf("%s\ngives %q, %s %s", page, got, a.Kind, a.Why)
		}
	}
	for _, table := range []string{
		`<table><tr><th>Town<th>Gauge<tr><td>Harbour<td>4.1 m<tr><td>Upper<br>mills<td>3.2 m</table>`,
		`<table><tr><td><p>Town</p></td><td><div><p>Gauge</p></div></td></tr> <tr><td><p>Harbour</p></td><td><div><p>4.1 m</p></div></td></tr></table>`,
		`<table><tr><td>Town<td>Gauge<br><br>today<tr><td>Harbour<td>4.1 m</table>`,
	} {
		a := Extract(Page{URL: "https://paper.test/2003/01/02/x.html", Body: []byte(storyWith(table))})
		rows := 0
		for _, b := range a.Blocks {
			if b.Kind == Row {
				rows++
			}
		}
		if rows != strings.Count(table, "<tr>") {
			t.Errorf("%s\ngives %v", table, a.Blocks)
		}
	}
}
