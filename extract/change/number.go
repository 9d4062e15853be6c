package change

import (
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// amounts are the words for numbers, days and months with what they stand
// for. "One" and its kin are left out: most are no number.
var amounts = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	for line := range strings.Lines(`
2 two zwei deux dos due dois duas twee två dwa два две
3 three drei trois tres tre três drie trzy три
4 four vier quatre cuatro quattro quatro fyra cztery четыре
5 five fünf cinq cinco cinque vijf fem pięć пять
6 six sechs seis sei zes sześć шесть
7 seven sieben sept siete sette sete zeven sju siedem семь
8 eight acht huit ocho otto oito åtta osiem восемь
9 nine neun neuf nueve nove negen nio dziewięć девять
10 ten zehn dix diez dieci dez tien tio dziesięć десять
11 eleven elf onze once undici
12 twelve zwölf douze doce dodici doze twaalf
13 thirteen dreizehn treize trece tredici treze dertien
14 fourteen vierzehn quatorze catorce quattordici catorze veertien
15 fifteen fünfzehn quinze quince quindici vijftien
16 sixteen sechzehn seize dieciséis sedici dezesseis zestien
17 seventeen siebzehn diecisiete diciassette dezessete zeventien
18 eighteen achtzehn dieciocho diciotto dezoito achttien
19 nineteen neunzehn diecinueve diciannove dezenove negentien
20 twenty zwanzig vingt veinte venti vinte twintig
30 thirty dreißig trente treinta trenta trinta dertig
40 forty vierzig quarante cuarenta quaranta quarenta veertig
50 fifty fünfzig cinquante cincuenta cinquanta cinquenta vijftig
60 sixty sechzig soixante sesenta sessanta sessenta zestig
70 seventy siebzig septante setenta settanta zeventig
80 eighty achtzig ochenta ottanta oitenta tachtig
90 ninety neunzig noventa novanta negentig
100 hundred hundert cent cien ciento cento cem honderd
1000 thousand tausend mille mil mila duizend
1000000 million millionen millions millones millón milioni milione milhões milhão miljoen mln mio
1000000000 billion milliarde milliarden milliard milliards miliardi miliardo bilhões bilhão miljard bn mrd
1000000000000 trillion trillions billionen biljoen
12x dozen dutzend douzaine docena dozzina dúzia dozijn
2x twice double doubled doppelt doble doppio dobro dubbel
3x triple tripled dreifach
0.5 half halb hälfte moitié mitad metà metade helft
mon monday montag lundi lunes lunedì maandag
tue tuesday dienstag mardi martes martedì dinsdag
wed wednesday mittwoch mercredi miércoles mercoledì woensdag
thu thursday donnerstag jeudi jueves giovedì donderdag
fri friday freitag vendredi viernes venerdì vrijdag
sat saturday samstag sonnabend samedi sábado sabato zaterdag
sun sunday sonntag dimanche domingo domenica zondag
jan january januar janvier enero gennaio janeiro januari
feb february februar février febrero febbraio fevereiro februari
mar march märz mars marzo março maart
apr april avril abril aprile
may mai mayo maggio maio mei
jun june juni juin junio giugno junho
jul july juli juillet julio luglio julho
aug august août agosto augustus
sep september septembre septiembre settembre setembro sept
oct october oktober octobre octubre ottobre outubro
nov november novembre noviembre novembro
dec december dezember décembre diciembre dicembre dezembro
`) {
		f := strings.Fields(line)
		for i, w := range f {
			if i > 0 || !unicode.IsDigit(rune(w[0])) {
				m[w] = f[0]
			}
		}
	}
	// Words that are more often something else.
	for _, w := range []string{"once", "sept", "sun", "mil", "cento", "cent", "elf", "sei", "mon", "wed", "sat", "mar"} {
		delete(m, w)
	}
	return m
})

// months are those whose names are other words too, unless they have a capital.
var months = words("march mars may mai")

// bare is a letter without its accent.
func bare(r rune) rune { return firstRune(norm.NFD.String(string(r))) }
