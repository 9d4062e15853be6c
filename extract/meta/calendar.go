package meta

import (
	"strings"
	"time"
	"unicode"
)

// months names the months in the languages of the press, as written in dates:
// full, inflected and shortened. Words that name different months in different
// languages are left out.
var months = monthNames(
	`january jan januar janvier enero gennaio gen janeiro januari tammikuuta tammikuu stycznia styczeń ledna leden januára január ianuarie ocak января январь янв січня ιανουαρίου ιαν siječnja jaanuar janvāris sausio gener januára januarja jänner jän janv ene yanvar يناير جانفي ינואר जनवरी tháng1 januara ian led sty oca`,
	`february feb februar février fevrier febrero febbraio fevereiro februari helmikuuta helmikuu lutego luty února únor február februarie şubat subat февраля февраль фев лютого φεβρουαρίου φεβ veljače veebruar februāris vasario febrer februarja feber févr fevr fév fev febr lut fevral فبراير فيفري פברואר फरवरी februara únoru şub`,
	`march mar märz maerz mars marzo março marco maart maaliskuuta maaliskuu marca marzec března březen március martie mart марта март мар березня μαρτίου μάρ ožujka märts marts kovo març maret mrz mär márc مارس מרץ मार्च marta brz`,
	`april apr avril abril aprile huhtikuuta huhtikuu kwietnia kwiecień dubna duben apríla április aprilie nisan апреля апрель апр квітня απριλίου απρ travnja aprill aprīlis balandžio kwi abr avr aprel أبريل ابريل אפריל अप्रैल aprila nis dub`,
	`may mai mayo maggio maio mei toukokuuta toukokuu maja maj května květen mája május mayıs мая май травня μαΐου μαΐ svibnja maijs gegužės maig mag مايو מאי मई`,
	`june jun juni juin junio giugno junho kesäkuuta kesäkuu czerwca czerwiec června červen júna június iunie haziran июня июнь июн червня ιουνίου ιουν lipnja juuni jūnijs birželio giu cze haz iyun يونيو جوان יוני जून juna junij iun`,
	`july jul juli juillet julio luglio julho heinäkuuta heinäkuu lipiec července červenec júla július iulie temmuz июля июль июл липня ιουλίου ιουλ srpnja juuli jūlijs liepos juliol lug lip juil tem iyul يوليو جويلية יולי जुलाई jula julij iul`,
	`august aug août aout agosto augustus elokuuta elokuu sierpnia sierpień srpna srpen augusta augusztus ağustos agustos августа август авг серпня αυγούστου αυγ kolovoza augusts rugpjūčio agost agustus ago sie ağu avqust أغسطس اغسطس אוגוסט अगस्त avgust avgusta aoû`,
	`september sep sept septembre septiembre settembre setembro syyskuuta syyskuu września wrzesień září septembra szeptember septembrie eylül eylul сентября сентябрь сен сент вересня σεπτεμβρίου σεπ rujna septembris rugsėjo setembre set wrz eyl sentyabr سبتمبر ספטמבר सितंबर setiembre szept`,
	`october oct oktober octobre octubre ottobre outubro lokakuuta lokakuu października październik října říjen októbra október octombrie ekim октября октябрь окт жовтня οκτωβρίου οκτ oktoobris spalio oktobris oktoober paź ott okt out eki oktyabr أكتوبر اكتوبر אוקטובר अक्टूबर oktobra outubro`,
	`november nov novembre noviembre novembro marraskuuta marraskuu listopadu novembra noiembrie kasım kasim ноября ноябрь ноя листопада νοεμβρίου νοε studenoga studenog novembris lapkričio kas noyabr نوفمبر נובמבר नवंबर noi listopad`,
	`december dec dezember décembre decembre diciembre dicembre dezembro joulukuuta joulukuu grudnia grudzień prosince prosinec decembra decemberi decembrie aralık aralik декабря декабрь дек грудня δεκεμβρίου δεκ prosinca detsember decembris gruodžio desembre desember dez dic déc gru ara dekabr ديسمبر דצמבר दिसंबर dis`,
)

func monthNames(lists ...string) map[string]int {
	m := map[string]int{}
	for i, list := range lists {
		for _, w := range strings.Fields(list) {
			m[w] = i + 1
		}
	}
	return m
}

// A token of a text that may hold a date.
type token struct {
	word   string // lower case; "" for a number
	number int
	digits int
	before string // what stands between it and the token before
}

// tokens cuts a text into words and numbers.
func tokens(text string) []token {
	var out []token
	class := func(r rune) int {
		switch {
		case r >= '0' && r <= '9':
			return 1
		case r == '年' || r == '月' || r == '日' || r == '년' || r == '월' || r == '일':
			return 3
		case unicode.IsLetter(r) || unicode.IsMark(r):
			return 2
		}
		return 0
	}
	runes := []rune(text)
	gap := 0
	for i := 0; i < len(runes); {
		c := class(runes[i])
		if c == 0 {
			i++
			continue
		}
		j := i + 1
		for j < len(runes) && c != 3 && class(runes[j]) == c {
			j++
		}
		t := token{before: string(runes[gap:i])}
		if c == 1 {
			t.digits = j - i
			for _, r := range runes[i:min(j, i+9)] {
				t.number = t.number*10 + int(r-'0')
			}
		} else {
			t.word = strings.ToLower(string(runes[i:j]))
		}
		out = append(out, t)
		i, gap = j, j
	}
	return out
}

// Written reads the first date in a text that people wrote, in any of the
// languages known. language settles whether 3/4 is in March or April.
func Written(text, language string) Date {
	if len(text) > 2000 {
		text = text[:2000]
	}
	ts := tokens(text)
	for i := range ts {
		if d := datedAt(ts[i:], language); !d.IsZero() {
			return d
		}
	}
	return Date{}
}

// datedAt reads a date at the first token.
func datedAt(ts []token, language string) Date {
	get := func(i int) token {
		if i < len(ts) {
			return ts[i]
		}
		return token{}
	}
	first := get(0)
	if first.digits == 4 && plausible(first.number) {
		second, third := get(1), get(2)
		if (second.word == "年" || second.word == "년") && third.digits > 0 && (get(3).word == "月" || get(3).word == "월") && get(4).digits > 0 {
			return day(first.number, third.number, get(4).number)
		}
		if second.digits > 0 && second.digits <= 2 && third.digits > 0 && third.digits <= 2 && between(second.before) && between(third.before) {
			return day(first.number, second.number, third.number)
		}
		if m := month(second.word); m > 0 && third.digits > 0 && third.digits <= 2 { // 2024 March 3
			return day(first.number, m, third.number)
		}
		return Date{}
	}
	if first.digits > 0 && first.digits <= 2 {
		i := 1
		for get(i).word != "" && filler[get(i).word] && i < 4 {
			i++
		}
		if m := month(get(i).word); m > 0 {
			i++
			for get(i).word != "" && filler[get(i).word] && i < 6 {
				i++
			}
			if y := get(i); y.digits == 4 && plausible(y.number) {
				return day(y.number, m, first.number)
			} else if y.digits == 2 && strings.ContainsAny(y.before, "'’-") {
				return day(2000+y.number, m, first.number)
			}
			return Date{}
		}
		second, third := get(1), get(2)
		if second.digits > 0 && second.digits <= 2 && between(second.before) && strings.TrimSpace(second.before) == strings.TrimSpace(third.before) {
			year := third.number
			switch {
			case third.digits == 4 && plausible(year):
			case third.digits == 2 && year >= 5 && year < 40 && second.before != ":":
				year += 2000
			default:
				return Date{}
			}
			d, m := first.number, second.number
			if d <= 12 && (american(language) && strings.Contains(second.before, "/") || m > 12) {
				d, m = m, d
			}
			return day(year, m, d)
		}
		return Date{}
	}
	if m := month(first.word); m > 0 && get(1).digits > 0 && get(1).digits <= 2 {
		i := 2
		for get(i).word != "" && filler[get(i).word] && i < 5 {
			i++
		}
		if y := get(i); y.digits == 4 && plausible(y.number) {
			return day(y.number, m, get(1).number)
		}
	}
	return Date{}
}

// filler words stand inside dates.
var filler = map[string]bool{"de": true, "of": true, "del": true, "th": true, "st": true, "nd": true, "rd": true, "er": true, "a": true, "den": true, "the": true, "г": true, "ta": true, "v": true}

func month(w string) int {
	if w == "" {
		return 0
	}
	return months[w]
}

// between tells whether the text between two numbers can stand inside a date.
func between(s string) bool {
	switch strings.TrimSpace(s) {
	case ".", "/", "-", "–", "‐", "·":
		return true
	}
	return false
}

// american tells whether the month stands before the day.
func american(language string) bool {
	l := strings.ToLower(language)
	return l == "en" || l == "en-us" || l == "en_us" || l == ""
}

func plausible(year int) bool { return year >= 1990 && year < 2100 }

// day makes a Date of a calendar day, or none when there is no such day.
func day(y, m, d int) Date {
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if !plausible(y) || m < 1 || m > 12 || t.Day() != d || int(t.Month()) != m {
		return Date{}
	}
	return Date{Time: t, DayOnly: true}
}
