package change

import (
	"strings"
	"testing"
)

// marked is a text with [-what went-] and {+what came+}.
func marked(spans []Span) string {
	var b strings.Builder
	for _, s := range spans {
		switch s.Op {
		case Delete:
			b.WriteString("[-" + s.Text + "-]")
		case Insert:
			b.WriteString("{+" + s.Text + "+}")
		default:
			b.WriteString(s.Text)
		}
	}
	return b.String()
}

func TestSpans(t *testing.T) {
	for _, c := range []struct{ before, after, want string }{
		{"It cost 148 in 2009.", "It cost 150 in 2009.", "It cost [-148-]{+150+} in 2009."},
		{"The markets will react.", "In a dramatic turn, the markets will react.", "[-The-]{+In a dramatic turn, the+} markets will react."},
		{"markets will react.", "All markets will react.", "{+All +}markets will react."},
		{"All markets will react.", "markets will react.", "[-All -]markets will react."},
		{"We will prepare and mobilise resources.", "We will set and summon resources.", "We will [-prepare and mobilise-]{+set and summon+} resources."},
		{"the nation's most prominent governors met", "the nation’s most spectacular regulators met", "the nation’s most [-prominent governors-]{+spectacular regulators+} met"},
		{"He said \"no\" again", "He said “never” again", "He said “[-no-]{+never+}” again"},
		{"The mayor, who is ill, said so.", "The mayor said so.", "The mayor[-, who is ill,-] said so."},
		{"A man and a woman died.", "A man, a boy and a woman died.", "A man{+, a boy+} and a woman died."},
		{"Die Bundesregierung lehnt das ab.", "Die Landesregierung lehnt das ab.", "Die [-Bundesregierung-]{+Landesregierung+} lehnt das ab."},
		{"cafe\u0301 noir", "café crème", "café [-noir-]{+crème+}"},
		{"市長は「辞任しない」と述べた。", "市長は「辞任する」と述べた。", "市長は「辞任[-しない-]{+する+}」と述べた。"},
		{"委員会はコンピューターを導入した。", "委員会はロボットを導入した。", "委員会は[-コンピューター-]{+ロボット+}を導入した。"},
		{"市長はもう待てないと述べた。", "市長はもう待たないと述べた。", "市長はもう[-待て-]{+待た+}ないと述べた。"},
		{"市長は待つ。", "市長が待つ。", "市長[-は-]{+が+}待つ。"},
		{"会议在北京举行。北京很冷。", "会议在东京举行。北京很冷。", "会议在[-北京-]{+东京+}举行。北京很冷。"},
		{"大桥将耗资30亿元。", "大桥将耗资34亿元。", "大桥将耗资[-30-]{+34+}亿元。"},
		{"กำลังประชุมที่กรุงเทพ", "กำลังประชุมที่เชียงใหม่", "กำลังประชุมที่[-กรุงเทพ-]{+เชียงใหม่+}"},
		{"قال الرئيس إنه سيستقيل غدا.", "قال الوزير إنه سيستقيل غدا.", "قال [-الرئيس-]{+الوزير+} إنه سيستقيل غدا."},
		{"Цена выросла на 5 %.", "Цена выросла на 7 %.", "Цена выросла на [-5-]{+7+} %."},
	} {
		l := newLexicon()
		a, b := FromText("", "", c.before), FromText("", "", c.after)
		old, new := read(l, a), read(l, b)
		x, y := old.passage(0, len(old.sentences)), new.passage(0, len(new.sentences))
		k := newComparer(l, old, new)
		spans := k.spans(x, y, k.hunks(x.tokens, y.tokens))
		if got := marked(spans); got != c.want {
			t.Errorf("%s\n%s\ngot  %s\nwant %s", c.before, c.after, got, c.want)
		}
		before, after := sides(spans)
		checkSpans(t, before, after, spans)
	}
}

func TestTokens(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"It's 1,000.5 km.", "It's|1,000.5|km|."},
		{"the U.S. and the U.K.", "the|U.S|.|and|the|U.K|."},
		{"5-4 but −5 and -7", "5|-|4|but|−5|and|-7"},
		{"100p 180Hz in 2009 300", "100p|180Hz|in|2009|300"},
		{"you‘re", "you‘re"},
		{"10 000 or 10\u202f000", "10 000|or|10\u202f000"},
		{"at 5:30pm in the 1990s", "at|5:30pm|in|the|1990s"},
		{"L’article d'origine", "L’article|d'origine"},
		{"state-of-the-art", "state|-|of|-|the|-|art"},
		{"東京タワーへ行く", "東|京|タワー|へ|行|く"},
		{"ที่นี่เมืองไทย", "ที่|นี่|เมื|อ|ง|ไท|ย"},
		{"har\u00adbour", "har\u00adbour"},
		{"서울에서 만났다", "서울에서|만났다"},
		{"$5 & 7%?", "$|5|&|7|%|?"},
	} {
		var got []string
		for _, tok := range newLexicon().tokens(c.text) {
			got = append(got, c.text[tok.start:tok.end])
		}
		if s := strings.Join(got, "|"); s != c.want {
			t.Errorf("got  %s\nwant %s", s, c.want)
		}
	}
}

func TestSentencesAreCut(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"Mr. Perez left. He said \"Go.\" Then rain.", []string{"Mr. Perez left.", "He said \"Go.\"", "Then rain."}},
		{"It grew 3.5 percent in the U.S. Senate. Why? Nobody knows!", []string{"It grew 3.5 percent in the U.S. Senate.", "Why?", "Nobody knows!"}},
		{"Sen. Cory Booker spoke on Dec. 3 in Iowa. It rained.", []string{"Sen. Cory Booker spoke on Dec. 3 in Iowa.", "It rained."}},
		{"„Nein.“ Das sagte er bzw. Sie.", []string{"„Nein.“", "Das sagte er bzw. Sie."}},
		{"市長が述べた。「もう待てない。」会議は終わった。", []string{"市長が述べた。", "「もう待てない。」", "会議は終わった。"}},
		{"هل يستقيل؟ قال لا.", []string{"هل يستقيل؟", "قال لا."}},
		{"no end", []string{"no end"}},
		{"เรือจมเมื่อเที่ยงวันนี้ที่ท่าเรือใหญ่ นายสมชาย ใจดี ไม่ให้สัมภาษณ์ 3 ครั้ง", []string{"เรือจมเมื่อเที่ยงวันนี้ที่ท่าเรือใหญ่ นายสมชาย ใจดี ไม่ให้สัมภาษณ์ 3 ครั้ง"}},
		{"เรือจมเมื่อเที่ยงวันนี้ที่ท่าเรือใหญ่ ไม่มีผู้เสียชีวิตจากเหตุการณ์นี้", []string{"เรือจมเมื่อเที่ยงวันนี้ที่ท่าเรือใหญ่", "ไม่มีผู้เสียชีวิตจากเหตุการณ์นี้"}},
	} {
		var got []string
		for _, s := range sentencesOf(FromText("", "", c.text)) {
			got = append(got, s.Text)
		}
		if strings.Join(got, "|") != strings.Join(c.want, "|") {
			t.Errorf("got  %q\nwant %q", got, c.want)
		}
	}
}
