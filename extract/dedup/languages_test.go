package dedup

import (
	"fmt"
	"strings"
	"testing"
)

// A language has two invented reports, and a form that papers fill in anew.
type language struct {
	name           string
	ferry, library Text
	form           string
	fill           [3][]any
}

var languages = []language{
	{"spanish",
		Text{Title: "La naviera Mareline sustituirá todos sus barcos viejos", Body: "La naviera Mareline anunció el martes que sustituirá sus seis barcos más antiguos antes de 2031, ocho meses después de que el Aurora Skye encallara frente a Skarholm con 214 pasajeros a bordo. Los dos primeros buques se construirán en el astillero Brandvik y costarán 96 millones de coronas cada uno, explicó la presidenta, Ingrid Vasholt, ante la prensa en Kestrel.\n\n«Prometimos a los isleños un servicio seguro y vamos a cumplirlo», dijo Vasholt. El sindicato de marineros recibió la noticia con cautela y recordó que la plantilla ha perdido 130 puestos desde 2019. El alcalde de Tessaly, Jonas Ekre, pidió que se mantenga la escala nocturna durante las obras del puerto."},
		Text{Title: "Reabre la biblioteca centenaria de Fernhill", Body: "Tras tres años de reformas, la biblioteca de la localidad montañesa de Fernhill volvió a abrir el sábado sus puertas. El edificio de piedra, levantado en 1911, había cerrado por las goteras del tejado, y unos 40.000 libros pasaron a una escuela cercana.\n\nLa alcaldesa, Nora Keller, agradeció a los vecinos los 2,3 millones donados, más de la mitad del presupuesto. La sala infantil lleva el nombre de la maestra Ada Brunn, que dirigió la casa durante 38 años."},
		"La tierra tembló cerca de %s\nUn seísmo de magnitud %s se registró a %d kilómetros de %s a las %s horas, según el instituto sismológico. No hubo daños ni heridos. Los vecinos de %s notaron la sacudida y llamaron a los bomberos. Este aviso se ha redactado de forma automática con los datos del instituto.",
		[3][]any{{"Ashby", "3,4", 12, "Ashby", "4.12", "Corran"}, {"Jarrow", "4,1", 33, "Jarrow", "17.50", "Selby"}, {"Norbury", "2,9", 8, "Norbury", "22.05", "Dunmore"}}},
	{"french",
		Text{Title: "La compagnie Mareline remplacera tous ses vieux navires", Body: "La compagnie Mareline a annoncé mardi le remplacement de ses six plus vieux navires d’ici à 2031, huit mois après l’échouement de l’Aurora Skye au large de Skarholm avec 214 passagers à bord. Les deux premiers seront construits au chantier Brandvik pour 96 millions de couronnes pièce, a précisé la directrice, Ingrid Vasholt, devant la presse à Kestrel.\n\n« Nous avions promis aux insulaires un service sûr, nous tiendrons parole », a déclaré Mme Vasholt. Le syndicat des marins a accueilli la nouvelle avec prudence, rappelant que 130 postes ont disparu depuis 2019. Le maire de Tessaly, Jonas Ekre, demande le maintien de l’escale de nuit pendant les travaux du port."},
		Text{Title: "La bibliothèque centenaire de Fernhill rouvre ses portes", Body: "Après trois ans de travaux, la bibliothèque du bourg montagnard de Fernhill a rouvert samedi. Le bâtiment de pierre, élevé en 1911, avait fermé à cause des fuites du toit, et quelque 40 000 volumes avaient été transportés dans une école voisine.\n\nLa maire, Nora Keller, a remercié les habitants pour les 2,3 millions réunis, plus de la moitié du budget. La salle des enfants porte le nom de l’institutrice Ada Brunn, qui dirigea la maison pendant 38 ans."},
		"La terre a tremblé près de %s\nUn séisme de magnitude %s a été enregistré à %d kilomètres de %s à %s, selon l’institut sismologique. Aucun dégât ni blessé n’est signalé. Des habitants de %s ont ressenti la secousse et appelé les pompiers. Ce bulletin a été rédigé automatiquement avec les données de l’institut.",
		[3][]any{{"Ashby", "3,4", 12, "Ashby", "4 h 12", "Corran"}, {"Jarrow", "4,1", 33, "Jarrow", "17 h 50", "Selby"}, {"Norbury", "2,9", 8, "Norbury", "22 h 05", "Dunmore"}}},
	{"polish",
		Text{Title: "Armator Mareline wymieni wszystkie stare promy", Body: "Armator Mareline zapowiedział we wtorek, że do 2031 roku wymieni sześć najstarszych statków. Osiem miesięcy temu prom Aurora Skye z 214 pasażerami na pokładzie osiadł na mieliźnie koło Skarholm. Dwie pierwsze jednostki powstaną w stoczni Brandvik i będą kosztować po 96 milionów koron, powiedziała dziennikarzom w Kestrel prezes Ingrid Vasholt.\n\n„Obiecaliśmy mieszkańcom wysp bezpieczne połączenie i dotrzymamy słowa” – dodała Vasholt. Związek marynarzy przyjął wiadomość ostrożnie i przypomniał, że od 2019 roku zniknęło 130 etatów. Burmistrz Tessaly Jonas Ekre prosi, żeby podczas remontu portu zachować kurs nocny."},
		Text{Title: "Stuletnia biblioteka w Fernhill znów otwarta", Body: "Po trzech latach remontu biblioteka w górskim miasteczku Fernhill otworzyła w sobotę drzwi dla czytelników. Kamienny budynek z 1911 roku zamknięto, ponieważ przeciekał dach, a około 40 tysięcy książek przewieziono do pobliskiej szkoły.\n\nBurmistrz Nora Keller podziękowała mieszkańcom, którzy zebrali 2,3 miliona, ponad połowę kosztów. Sala dla dzieci nosi imię nauczycielki Ady Brunn, która kierowała placówką przez 38 lat."},
		"Wstrząs w pobliżu %s\nWstrząs o magnitudzie %s zarejestrowano %d kilometrów od %s o godzinie %s, podał instytut sejsmologiczny. Nie ma rannych ani szkód. Mieszkańcy %s odczuli drgania i wezwali strażaków. Komunikat powstał automatycznie na podstawie danych instytutu.",
		[3][]any{{"Ashby", "3,4", 12, "Ashby", "4.12", "Corran"}, {"Jarrow", "4,1", 33, "Jarrow", "17.50", "Selby"}, {"Norbury", "2,9", 8, "Norbury", "22.05", "Dunmore"}}},
	{"turkish",
		Text{Title: "Mareline bütün eski gemilerini yenileyecek", Body: "Feribot şirketi Mareline salı günü yaptığı açıklamada en eski altı gemisini 2031 yılına kadar yenileyeceğini duyurdu. Sekiz ay önce Aurora Skye 214 yolcuyla Skarholm açıklarında karaya oturmuştu. İlk iki gemi Brandvik tersanesinde yapılacak ve her biri 96 milyon krona mal olacak, dedi genel müdür Ingrid Vasholt Kestrel’de gazetecilere.\n\n“Adalılara güvenli bir hat sözü verdik ve sözümüzü tutacağız” diye konuştu Vasholt. Denizciler sendikası haberi temkinli karşıladı ve 2019’dan beri 130 kişinin işini kaybettiğini hatırlattı. Tessaly belediye başkanı Jonas Ekre, liman onarılırken gece seferinin sürmesini istedi."},
		Text{Title: "Fernhill’in yüz yıllık kütüphanesi yeniden açıldı", Body: "Dağ kasabası Fernhill’in kütüphanesi üç yıl süren onarımdan sonra cumartesi günü yeniden açıldı. 1911’de yapılan taş bina çatısı aktığı için kapatılmış, yaklaşık 40 bin kitap yakındaki bir okula taşınmıştı.\n\nBelediye başkanı Nora Keller, giderlerin yarısından fazlasını, 2,3 milyonu toplayan kasabalılara teşekkür etti. Çocuk salonuna, burayı 38 yıl yöneten öğretmen Ada Brunn’un adı verildi."},
		"%s yakınında deprem\n%s büyüklüğünde bir deprem %d kilometre uzakta, %s çevresinde saat %s sularında kaydedildi, sismoloji enstitüsü bildirdi. Hasar ya da yaralı yok. %s halkı sarsıntıyı hissetti ve itfaiyeyi aradı. Bu bülten enstitünün verileriyle otomatik olarak yazıldı.",
		[3][]any{{"Ashby", "3,4", 12, "Ashby", "4.12", "Corran"}, {"Jarrow", "4,1", 33, "Jarrow", "17.50", "Selby"}, {"Norbury", "2,9", 8, "Norbury", "22.05", "Dunmore"}}},
	{"greek",
		Text{Title: "Η εταιρεία Μάρελαϊν αντικαθιστά όλα τα παλιά πλοία", Body: "Η ακτοπλοϊκή εταιρεία Μάρελαϊν ανακοίνωσε την Τρίτη ότι θα αντικαταστήσει τα έξι παλαιότερα πλοία της μέχρι το 2031, οκτώ μήνες μετά την προσάραξη του Ορόρα Σκάι έξω από το Σκάρχολμ με 214 επιβάτες. Τα δύο πρώτα θα ναυπηγηθούν στο Μπράντβικ και θα κοστίσουν 96 εκατομμύρια κορώνες το καθένα, είπε η πρόεδρος Ίνγκριντ Βάσχολτ σε δημοσιογράφους στο Κέστρελ.\n\n«Υποσχεθήκαμε στους νησιώτες ασφαλή συγκοινωνία και θα κρατήσουμε τον λόγο μας», τόνισε η Βάσχολτ. Το σωματείο των ναυτικών υποδέχθηκε την είδηση με επιφύλαξη και θύμισε ότι από το 2019 χάθηκαν 130 θέσεις εργασίας. Ο δήμαρχος Τέσαλι Γιόνας Έκρε ζήτησε να διατηρηθεί το νυχτερινό δρομολόγιο."},
		Text{Title: "Άνοιξε ξανά η εκατονταετής βιβλιοθήκη του Φέρνχιλ", Body: "Ύστερα από τρία χρόνια εργασιών η βιβλιοθήκη της ορεινής κωμόπολης Φέρνχιλ άνοιξε ξανά το Σάββατο. Το πέτρινο κτίριο του 1911 είχε κλείσει επειδή έσταζε η στέγη, και περίπου 40.000 τόμοι μεταφέρθηκαν σε γειτονικό σχολείο.\n\nΗ δήμαρχος Νόρα Κέλερ ευχαρίστησε τους κατοίκους που συγκέντρωσαν 2,3 εκατομμύρια, πάνω από το μισό κόστος. Η παιδική αίθουσα πήρε το όνομα της δασκάλας Άντα Μπρουν, που διηύθυνε το ίδρυμα 38 χρόνια."},
		"Σεισμός κοντά στο %s\nΣεισμός μεγέθους %s καταγράφηκε %d χιλιόμετρα από το %s στις %s, ανακοίνωσε το σεισμολογικό ινστιτούτο. Δεν αναφέρθηκαν ζημιές ή τραυματίες. Κάτοικοι στο %s ένιωσαν τη δόνηση και κάλεσαν την πυροσβεστική. Το δελτίο γράφτηκε αυτόματα από τα στοιχεία του ινστιτούτου.",
		[3][]any{{"Άσμπι", "3,4", 12, "Άσμπι", "4.12", "Κόραν"}, {"Τζάροου", "4,1", 33, "Τζάροου", "17.50", "Σέλμπι"}, {"Νόρμπερι", "2,9", 8, "Νόρμπερι", "22.05", "Ντάνμορ"}}},
}

// A copy, one put through a paraphraser, a cut one and one that is both are
// found in every language; another report and a form filled in anew are not
// taken for one.
func TestLanguages(t *testing.T) {
	wrong, cases := 0, 0
	for _, l := range languages {
		at := func(t Text, site string) Text { t.Site = site; return t }
		spun := l.ferry
		spun.Body = respell(l.ferry.Body, 6, true)
		type row struct {
			id    string
			text  Text
			story string
		}
		rows := []row{
			{"ferry", at(l.ferry, "a.test"), "ferry"},
			{"library", at(l.library, "a.test"), "library"},
			{"copy", at(l.ferry, "b.test"), "ferry"},
			{"spun", at(spun, "c.test"), "ferry"},
			{"cut", at(half(l.ferry), "d.test"), "ferry"},
			{"spun and cut", at(half(spun), "e.test"), "ferry"},
			{"library's copy", at(l.library, "f.test"), "library"},
		}
		for i, values := range l.fill {
			title, body, _ := strings.Cut(fmt.Sprintf(l.form, values...), "\n")
			first := fmt.Sprint("form ", i)
			rows = append(rows, row{first, Text{Title: title, Body: body, Site: "a.test"}, first}, row{first + " elsewhere", Text{Title: title, Body: body, Site: "b.test"}, first})
		}
		g := NewGrouper(0)
		for _, c := range rows {
			got, err := g.Add(c.id, c.text)
			if err != nil {
				t.Fatal(err)
			}
			cases++
			if got.Story != c.story {
				wrong++
				t.Errorf("%s: %s lies in %s, want %s (%s)", l.name, c.id, got.Story, c.story, got.Why)
			}
		}
	}
	t.Logf("%d of %d cases are right", cases-wrong, cases)
}
