package change

import (
	"slices"
	"testing"
)

// Where no letter is a capital, a person's title or verb tells a name from another word.
func TestNamesWithoutCapitals(t *testing.T) {
	lead := "港の防波堤は来年の春に建て直されると市が発表した。"
	for _, c := range []struct {
		old, new string
		want     Kind
	}{
		{"計画を進める三枝美保氏は延期を求めた。", "計画を進める黒江慎吾氏は延期を求めた。", Names},
		{"計画を進める高校は延期を求めた。", "計画を進める病院は延期を求めた。", Reworded},
		{"委员会主席顾念慈要求推迟工程。", "委员会主席周启明要求推迟工程。", Names},
		{"周启明说，工程应当推迟。", "陆景川说，工程应当推迟。", Names},
		{"居民们说，工程应当推迟。", "渔民们说，工程应当推迟。", Reworded},
		{"จดหมายของ นางสาวมาลี สายชล ขอให้เลื่อนงาน", "จดหมายของ นางสาวอรุณี แก้วทอง ขอให้เลื่อนงาน", Names},
		{"นักดำน้ำเริ่มเก็บตัวอย่างจากฐานรากแล้ว", "นักดำน้ำเริ่มเก็บตัวอย่างจากฐารนากแล้ว", Typo},
	} {
		a, b := FromText("防波堤", "", lead+"\n\n"+c.old), FromText("防波堤", "", lead+"\n\n"+c.new)
		if d := Compare(Snapshot{Article: a}, Snapshot{Article: b}, nil); !slices.Equal(d.Kinds, []Kind{c.want}) {
			t.Errorf("%s -> %s: %v, want %s", c.old, c.new, d.Kinds, c.want)
		}
	}
}

// A line is furniture by its length in words, not in the signs that write them.
func TestFurnitureInScriptsWithoutSpaces(t *testing.T) {
	text := "สภาอนุมัติการสร้างกำแพงท่าเรือใหม่หลังเกิดพายุติดต่อกันสามฤดูหนาว\n\nงานนี้จะดำเนินไปจนถึงสิ้นทศวรรษ"
	for _, line := range []string{"885 ความคิดเห็น", "เวลาอ่าน 4 นาที", "ข่าวที่เกี่ยวข้อง", "阅读时间：3分钟", "128 条评论", "コメント 12 件", "読了時間：5分"} {
		a, b := FromText("ท่าเรือ", "", text), FromText("ท่าเรือ", "", text+"\n\n"+line)
		if d := Compare(Snapshot{Article: a}, Snapshot{Article: b}, nil); d.Changed {
			t.Errorf("%s: %v", line, d.Kinds)
		}
	}
}
