package meta

import "strings"

// agencyNames are the wire services by the name that a report of ours gives them,
// with the ways in which bylines credit them, lower case.
var agencyNames = map[string]string{
	"AFP": "afp|agence france-presse|agence france presse|l'afp|l’afp", "Reuters": "reuters|thomson reuters|reuters staff|рейтер", "AP": "ap|associated press|ap news",
	"dpa": "dpa|deutsche presse-agentur|dpa-infocom|dpa-afx|dpa/lno|dpa-lno|lno|dpa international", "ANSA": "ansa|agenzia ansa|redazione ansa", "EFE": "efe|agencia efe|agencias/efe", "Europa Press": "europa press|europapress", "APA": "apa|austria presse agentur|apa-ots",
	"Xinhua": "xinhua|新华社|新華社|新华网|新華網|xinhua news agency", "TASS": "tass|тасс|итар-тасс", "Interfax": "interfax|интерфакс", "RIA Novosti": "риа новости|ria novosti",
	"PA Media": "pa|pa media|press association|pa news agency", "PTI": "pti|press trust of india", "ANI": "ani|asian news international", "IANS": "ians",
	"Kyodo": "kyodo|kyodo news|共同通信|共同通信社|共同", "Jiji": "jiji|jiji press|時事通信|時事通信社|時事", "Yonhap": "yonhap|yonhap news agency|yonhap news|연합뉴스", "SID": "sid|sport-informations-dienst|sid nachrichtenagentur",
	"KNA": "kna|katholische nachrichten-agentur", "epd": "epd|evangelischer pressedienst", "Keystone-SDA": "keystone-sda|sda|keystone sda", "Keystone-ATS": "keystone-ats|ats|keystone ats", "Belga": "belga|agence belga",
	"ANP": "anp", "Lusa": "lusa|agência lusa", "NTB": "ntb|ntb norsk telegrambyrå", "TT": "tt|tt nyhetsbyrån", "Ritzau": "ritzau|ritzaus bureau", "STT": "stt", "PAP": "pap|polska agencja prasowa", "ČTK": "čtk|ctk",
	"MTI": "mti", "Anadolu": "anadolu|anadolu agency|anadolu ajansı", "DHA": "dha|demirören haber ajansı", "İHA": "iha|i̇ha|ihlas haber ajansı", "The Canadian Press": "the canadian press|canadian press", "AAP": "aap|australian associated press",
	"Adnkronos": "adnkronos", "Antara": "antara|antara news", "Bernama": "bernama", "Ukrinform": "укринформ|укрінформ|ukrinform", "UNIAN": "унiан|уніан|унian|unian", "Agerpres": "agerpres", "Mediafax": "mediafax", "Tanjug": "tanjug", "HINA": "hina", "TASR": "tasr",
	"SITA": "sita", "BNS": "bns", "ELTA": "elta", "CNS": "中新社|中新网|中新網", "Agência Brasil": "agência brasil", "Estadão Conteúdo": "estadão conteúdo", "Folhapress": "folhapress", "Télam": "télam|telam", "Notimex": "notimex", "UPI": "upi|united press international",
	"Bloomberg": "bloomberg|bloomberg news", "Kathpress": "kathpress", "MENA": "middle east news agency", "WAM": "wam|وام", "SPA": "واس|saudi press agency", "CNA": "中央社", "LETA": "leta", "BTA": "бта", "Cihan": "cihan",
}

// agencies is agencyNames read the other way.
var agencies = func() map[string]string {
	m := map[string]string{}
	for name, ways := range agencyNames {
		for _, way := range strings.Split(ways, "|") {
			if way != "" {
				m[way] = name
			}
		}
	}
	return m
}()

// Agency gives the wire service that a credit names, or "". Of two services in
// one credit, "dpa/AFP", it is the first.
func Agency(credit string) string {
	if len(credit) > 80 {
		return ""
	}
	if a := agencyOf(credit); a != "" {
		return a
	}
	for _, sep := range [...]string{"/", ","} {
		if before, _, several := strings.Cut(credit, sep); several {
			if a := agencyOf(before); a != "" {
				return a
			}
		}
	}
	return ""
}

// agencyOf gives the wire service of a name, or "".
func agencyOf(name string) string {
	name = strings.Trim(name, " .()[]-–—")
	n := strings.ToLower(name)
	if a := agencies[n]; a != "" {
		if len(n) <= 3 && name != a && name != strings.ToUpper(name) { // "Pa" and "Tass" may be words
			return ""
		}
		return a
	}
	rest, _ := strings.CutPrefix(n, "the ")
	for _, lead := range []string{"von ", "vom ", "by ", "par ", "por ", "di ", "av ", "af "} {
		if r, ok := strings.CutPrefix(rest, lead); ok {
			rest = strings.TrimPrefix(r, "the ")
		}
	}
	return agencies[rest]
}
