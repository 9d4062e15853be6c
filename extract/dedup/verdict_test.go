package dedup

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// A paper's new text over its old background is no copy, though other papers' copies of the background are wholly in it.
func TestFollowUpOverACopiedBackground(t *testing.T) {
	day := time.Date(2026, 11, 3, 9, 0, 0, 0, time.UTC)
	news, background := prose(20, 60), prose(21, 330)
	g := NewGrouper(0)
	add(t, g, "first", Text{Title: prose(22, 6), Body: news + "\n\n" + background, Site: "a.test", Published: day})
	for _, site := range []string{"b.test", "c.test"} { // most of the story's members
		if p := add(t, g, "cut by "+site, Text{Title: prose(22, 6), Body: background, Site: site, Published: day}); p.Story != "first" {
			t.Fatalf("cut: %+v", p)
		}
	}
	p := add(t, g, "next", Text{Title: prose(23, 6), Body: prose(24, 150) + "\n\n" + background, Site: "a.test", Published: day.AddDate(0, 0, 4)})
	if p.Story != "next" || p.Relation != FollowUp {
		t.Errorf("follow-up: %+v", p)
	}
}

// A form is known by what is filled in, in scripts that do not tell a name by its letters, too; and the same form with the same
// matter is a copy.
func TestFormsInOtherScripts(t *testing.T) {
	for name, f := range map[string]struct {
		form string
		fill [][]any
	}{
		"chinese": {
			"%[1]s公布第三季度业绩\n%[1]s星期四公布第三季度财务报告,净利润达到%[3]d万克朗。公司总裁%[2]s表示,%[1]s的营业收入增长主要来自海外市场,全年销售目标保持不变。分析师此前预计%[1]s的净利润为%[4]d万克朗。%[2]s还说,董事会决定派发股息,每股%[5]d元。受业绩消息影响,%[1]s股价当天上涨百分之%[6]d。\n\n本报告由系统根据交易所公告自动生成,仅供参考。",
			[][]any{{"玛瑞莱恩航运", "英格丽瓦绍特", 9600, 9100, 31, 7}, {"布兰维克重工", "奥斯卡林德曼", 5170, 5500, 18, 2}, {"泰萨利玻璃", "诺拉基勒", 880, 760, 44, 12}},
		},
		"arabic": {
			"%[1]s تعلن نتائج الربع الثالث\nأعلنت شركة %[1]s يوم الخميس نتائج الربع الثالث وبلغ صافي الأرباح %[3]d مليون كرونة. وقال المدير العام %[2]s إن نمو الإيرادات جاء من الأسواق الخارجية وإن أهداف المبيعات السنوية لم تتغير. وكان المحللون يتوقعون أن تبلغ أرباح %[1]s نحو %[4]d مليون كرونة. وأضاف %[2]s أن مجلس الإدارة قرر توزيع %[5]d كرونة للسهم. وارتفع سهم %[1]s بنسبة %[6]d في المئة.",
			[][]any{{"ماريلاين", "فاشولت", 96, 91, 31, 7}, {"براندفيك", "ليندمان", 517, 550, 18, 2}, {"تيسالي", "كيلر", 88, 76, 44, 12}},
		},
		"korean": {
			"%[1]s 3분기 실적 발표\n%[1]s 회사는 목요일 3분기 실적을 발표하고 순이익이 %[3]d억 크로네라고 밝혔다. %[2]s 대표는 해외 시장에서 매출이 늘었으며 연간 판매 목표는 그대로라고 설명했다. 증권가는 %[1]s 순이익을 %[4]d억 크로네로 예상했다. %[2]s 대표는 이사회가 주당 %[5]d 크로네를 배당하기로 결정했다고 덧붙였다. 발표 이후 %[1]s 주가는 %[6]d 퍼센트 올랐다.",
			[][]any{{"마레라인", "바숄트", 96, 91, 31, 7}, {"브란비크", "린데만", 517, 550, 18, 2}, {"테살리", "켈러", 88, 76, 44, 12}},
		},
		"thai": {
			"%[1]sประกาศผลประกอบการ\nบริษัท%[1]sประกาศผลประกอบการไตรมาสที่สามเมื่อวันพฤหัสบดี กำไรสุทธิ %[3]d ล้านโครน %[2]sผู้บริหารสูงสุดกล่าวว่ารายได้เติบโตจากตลาดต่างประเทศและเป้าหมายยอดขายทั้งปีไม่เปลี่ยนแปลง นักวิเคราะห์คาดว่า%[1]sจะมีกำไร %[4]d ล้านโครน %[2]sกล่าวเพิ่มเติมว่าคณะกรรมการอนุมัติเงินปันผล %[5]d โครนต่อหุ้น ราคาหุ้น%[1]sเพิ่มขึ้นร้อยละ %[6]d",
			[][]any{{"มาเรไลน์", "วาโชลต์", 96, 91, 31, 7}, {"แบรนด์วิก", "ลินเดมันน์", 517, 550, 18, 2}, {"เทสซาลี", "เคลเลอร์", 88, 76, 44, 12}},
		},
	} {
		g := NewGrouper(0)
		for i, values := range f.fill {
			title, body, _ := strings.Cut(fmt.Sprintf(f.form, values...), "\n")
			first := fmt.Sprint(i)
			for j, site := range []string{"a.test", "b.test"} {
				if p := add(t, g, fmt.Sprint(i, " ", j)[:1+2*j], Text{Title: title, Body: body, Site: site}); p.Story != first {
					t.Errorf("%s: form %d on %s lies in %s: %s", name, i, site, p.Story, p.Why)
				}
			}
		}
	}
}

// The beginning of a text among other things is found by its headline and opening, though most of either is not in the other.
func TestBegunAmongOtherThings(t *testing.T) {
	g := NewGrouper(0)
	add(t, g, "first", Text{Title: prose(30, 8), Body: prose(31, 400), Site: "a.test"})
	words := strings.Fields(prose(31, 400))
	p := add(t, g, "copy", Text{Title: prose(30, 8), Body: prose(32, 70) + "\n\n" + strings.Join(words[:200], " ") + "\n\n" + prose(33, 250), Site: "b.test"})
	if p.Story != "first" {
		t.Errorf("copy: %+v", p)
	}
	// Another text under the same headline is none, nor is one that has the opening alone.
	if p := add(t, g, "other", Text{Title: prose(30, 8), Body: prose(34, 300), Site: "c.test"}); p.Story != "other" {
		t.Errorf("another text: %+v", p)
	}
	if p := add(t, g, "digest", Text{Title: prose(30, 8), Body: strings.Join(words[:80], " ") + "\n\n" + prose(35, 400), Site: "d.test"}); p.Story != "digest" {
		t.Errorf("the opening in a round-up: %+v", p)
	}
}
