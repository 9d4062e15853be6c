package dedup

import (
	"slices"
	"strings"

	"pressmark/extract/meta"
)

// maxAgency bounds the name of an agency in a sketch.
const maxAgency = 40

// firstAgencies are the agencies that sketches of version 1 have by number, from 1; 0 is none.
var firstAgencies = [...]string{
	"Reuters", "AP", "AFP", "dpa", "UPI", "PA Media", "EFE", "ANSA", "APA", "Keystone-SDA", "epd", "KNA", "ANP", "TT", "NTB", "Ritzau", "Lusa", "PAP", "Xinhua", "Kyodo", "Jiji", "Yonhap", "TASS", "Interfax", "RIA Novosti", "Ukrinform", "Anadolu", "PTI", "ANI", "Bloomberg", "The Canadian Press", "AAP",
}

// creditIn gives the agency that a text names as its source: in its byline, in its dateline, or at its end.
func creditIn(byline, body string) string {
	if _, agency := meta.People(byline); agency != "" {
		return agency
	}
	body = strings.TrimSpace(body)
	lines := strings.SplitN(body, "\n", 8) // blank ones among them
	if n := len(lines); n == 8 {
		lines[n-1] = body[strings.LastIndexByte(body, '\n')+1:]
	}
	lines = slices.DeleteFunc(lines, func(s string) bool { return strings.TrimSpace(s) == "" })
	agency, _ := meta.Credited(lines)
	return agency
}

// firstNumber gives the number of an agency in version 1.
func firstNumber(agency string) byte { return byte(slices.Index(firstAgencies[:], agency) + 1) }
