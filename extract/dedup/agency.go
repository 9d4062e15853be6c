package dedup

import "strings"

// A credit says which agency a text names as its source: 0 for none, otherwise the place in agencies, from 1. Stored in sketches:
// new agencies go to the end.
type credit uint8

// agencies holds the name by which an agency is credited and the marks it leaves in a byline or at the head or foot of a text.
var agencies = [...]struct {
	name  string
	marks []string
}{
	{"Reuters", []string{"(Reuters)", "Thomson Reuters", "/Reuters"}},
	{"AP", []string{"(AP)", "Associated Press", "/AP"}},
	{"AFP", []string{"(AFP)", "Agence France-Presse", "/AFP", "AFP -"}},
	{"dpa", []string{"(dpa", "/dpa", "dpa/", "dpa-infocom", "Deutsche Presse-Agentur"}},
	{"UPI", []string{"(UPI)", "United Press International"}},
	{"PA", []string{"(PA)", "PA Media", "Press Association"}},
	{"EFE", []string{"(EFE)", "Agencia EFE", "EFE.-"}},
	{"ANSA", []string{"(ANSA)", "/ANSA"}},
	{"APA", []string{"(APA)", "Austria Presse Agentur", "/APA"}},
	{"Keystone-SDA", []string{"(sda)", "Keystone-SDA", "(Keystone-SDA)"}},
	{"epd", []string{"(epd)"}},
	{"KNA", []string{"(KNA)"}},
	{"ANP", []string{"(ANP)"}},
	{"TT", []string{"(TT)", "TT Nyhetsbyrån"}},
	{"NTB", []string{"(NTB)", "©NTB"}},
	{"Ritzau", []string{"/ritzau/", "Ritzau"}},
	{"Lusa", []string{"(Lusa)"}},
	{"PAP", []string{"(PAP)"}},
	{"Xinhua", []string{"(Xinhua)", "新华社", "新華社"}},
	{"Kyodo", []string{"(Kyodo)", "Kyodo News", "共同通信", "【共同】"}},
	{"Jiji", []string{"(Jiji", "時事通信", "【時事】"}},
	{"Yonhap", []string{"(Yonhap)", "연합뉴스"}},
	{"TASS", []string{"/TASS/", "ТАСС"}},
	{"Interfax", []string{"Interfax", "Интерфакс"}},
	{"RIA Novosti", []string{"РИА Новости"}},
	{"Ukrinform", []string{"Ukrinform", "Укринформ", "Укрінформ"}},
	{"Anadolu", []string{"Anadolu Agency", "(AA)", "Anadolu Ajansı"}},
	{"PTI", []string{"(PTI)", "Press Trust of India"}},
	{"ANI", []string{"(ANI)"}},
	{"Bloomberg", []string{"(Bloomberg)"}},
	{"Canadian Press", []string{"The Canadian Press"}},
	{"AAP", []string{"(AAP)", "Australian Associated Press"}},
}

// creditIn looks where credits stand: in the byline, in the first line or two, and in the last.
func creditIn(byline, body string) credit {
	const reach = 160
	body = strings.TrimSpace(body)
	head, foot := body[:min(len(body), reach)], body[max(0, len(body)-reach/2):]
	by := strings.TrimSpace(byline)
	best, at := credit(0), len(head)+len(foot)+len(by)+1
	for i, a := range agencies {
		if strings.EqualFold(by, a.name) {
			return credit(i + 1)
		}
		for _, m := range a.marks {
			for where, s := range [...]string{by, head, foot} {
				// The first credit counts: a byline's before one in the text.
				if p := strings.Index(s, m); p >= 0 {
					if p += [...]int{0, len(by), len(by) + len(head)}[where]; p < at {
						best, at = credit(i+1), p
					}
				}
			}
		}
	}
	return best
}

func (c credit) String() string {
	if c == 0 || int(c) > len(agencies) {
		return ""
	}
	return agencies[c-1].name
}
