package extract

import (
	"bytes"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// A journal is the text of a page.
type journal struct{ name, head, html string }

// Every paragraph of these pages was written by an editor for readers, in one
// of the forms that rules against boxes, pleas and notes could take for
// furniture. All of it must stay.
var journalism = []journal{
	{"an interview whose questions are bold", ``, `
<p>Edda Halvor has kept the lighthouse on the outer skerry for thirty-one winters. Next week she will hand over the keys. We met her at the foot of the stairs.</p>
<p><strong>Do you like the sea?</strong></p>
<p>No. I like the land, and I like it best when seen from far off, with a little smoke over the roofs.</p>
<p><strong>What will you miss?</strong></p>
<p>The stairs. There are two hundred and nine of them, and I have names for most.</p>
<p><strong>And what will you not miss?</strong></p>
<p>Visitors who ask how many stairs there are.</p>
<p><b>Thank you for your time, Ms Halvor.</b></p>`},
	{"an interview with short answers in paragraphs", ``, `
<p>Ten short questions to the new master of the brass band, who comes from the far side of the bay and plays the tuba.</p>
<p>Tea or coffee?</p><p>Tea.</p><p>Dogs or cats?</p><p>Neither. I have a goose.</p><p>March or waltz?</p><p>A slow march.</p>
<p>What is the first thing that you will change?</p><p>The chairs. They creak in B flat, and we play in C.</p>`},
	{"a list whose items are linked headings", ``, `
<p>Three bakeries on the islands have won a prize this year, and we have been to all of them to find out what is in the oven before the town wakes up.</p>
<h2><a href="https://bakery-a.example/">The bakery on the quay</a></h2><p>It opens at four in the morning, and by five there is nothing left but the rye, which the baker likes best and sells to nobody under ten.</p>
<h2><a href="https://bakery-b.example/">The bakery under the bridge</a></h2><p>The oven is older than the bridge, and the buns taste of it, as the ferrymen say who have eaten them since they were boys.</p>
<h2><a href="https://bakery-c.example/">The bakery behind the school</a></h2><p>There is a second door for the pupils, and a bell that tells the teachers when it is used during lessons.</p>`},
	{"a list in sections, each with picture, name and link", ``, `
<p>Five towers from which one sees both shores, in the order in which the mist leaves them on a common morning in the autumn.</p>
<div class="k"><img src="1.jpg"><h3>The mill tower</h3><p>Eighty steps and a rope. The miller lets one up for a song.</p></div>
<div class="k"><img src="2.jpg"><h3>The water tower</h3><p>There is a lift, and a man in it who has been telling the same joke since the flood.</p></div>
<div class="k"><img src="3.jpg"><h3>The church tower</h3><p>Mind the bell at noon. It is rung by hand, and the hand belongs to a deaf man.</p></div>`},
	{"questions and answers", ``, `
<p>The ferry will not sail before Thursday. What does it mean for those who have booked? The answers to the questions that our readers have sent us since Monday.</p>
<h2>Who gets the fare back?</h2><p>Everyone who booked before Monday noon.</p>
<h2>What about the parcels?</h2><p>They go by sledge, as far as they weigh less than nine pounds.</p>
<h2>Where do I sign up for a place on the sledge?</h2><p>At the post office, in person.</p>
<h2>Who do I contact when my parcel is lost?</h2><p>Contact the harbour master. He can be reached at the old dock between nine and noon.</p>`},
	{"a poem", ``, `
<p>The old ferryman died in March. His daughter found this in the drawer under the wheel, and has allowed us to print it.</p>
<p>The ice is a door<br>that nobody shuts</p><p>the ice is a floor<br>for carts without ruts</p><p>the ice is a word<br>in a mouth full of snow</p><p>the ice is a bird<br>that will not go</p>`},
	{"a recipe", ``, `
<p>The soup of the outer islands needs an hour, a deep pot and a window to look out of while the beans make up their minds.</p>
<h2>Ingredients</h2><ul><li>2 onions</li><li>500 g beans</li><li>1 l water</li><li>salt</li></ul>
<h2>Method</h2><ol><li>Cut the onions.</li><li>Boil the beans for an hour.</li><li>Add the onions.</li><li>Wait.</li></ol><p>Serves four.</p>`},
	{"an obituary by a namesake", `<meta name="author" content="Jorun Aldersten">`, `
<p>Peder Aldersten, who built the pier and half of the boats that lie at it, has died in the house in which he was born. He was ninety-four.</p>
<p>He went to sea at thirteen and came back at thirty, with a parrot and a plan for a pier that would outlive both.</p>
<p>The parrot died first. The pier has been under water twice, and has lost no more than a lamp.</p>
<p>He is survived by his daughter Jorun Aldersten, who keeps this paper's tide tables, and by two grandchildren.</p>`},
	{"a column that names its author at the end", `<meta name="author" content="Ansa Berling">`, `
<p>My neighbour has bought a bell. It hangs over the gate and is rung by whoever comes, by whoever goes, and by the wind, which does both.</p>
<p>I have asked him to take the tongue out. He has asked me to take it as a compliment, since no other house in the street is worth ringing for.</p>
<p>Since then I count. Forty on Monday, fifty-one on Tuesday, and on Wednesday, which was calm, a single one, at night, and nobody there.</p>
<p>“You will get used to it, Ansa Berling,” he called over the hedge on Thursday, and rang.</p>`},
	{"a match report with a table", ``, `
<p>The harbour eleven beat the upper town by two goals to one on Sunday, on a field that the tide had left only an hour before.</p>
<table><tr><th>Team</th><th>Played</th><th>Points</th></tr><tr><td>Harbour</td><td>9</td><td>22</td></tr><tr><td>Upper town</td><td>9</td><td>20</td></tr></table>
<p>Harbour: Lund; Berg, Holm, Dahl; Vik. Upper town: Moe; Lie, Ness, Foss; Bakke.</p><p>Goals: 1:0 Vik (12), 1:1 Foss (50), 2:1 Vik (88). Spectators: 310.</p>`},
	{"a review of the press, each paragraph with a link", ``, `
<p>What the papers of the coast write about the ice, the ferry and the smith on whom everyone has been waiting since Monday.</p>
<p><a href="https://a.example/">The Northern Mail</a> thinks that two ferries are needed.</p>
<p><a href="https://b.example/">The Bay Courier</a> would rather have a bridge.</p>
<p><a href="https://c.example/">The Island Post</a> asks who is to pay for it.</p>
<p><a href="https://d.example/">The Old Quay</a> remembers the year when one walked.</p>`},
	{"a correction at the end", ``, `
<p>The council has voted forty crowns for a new propeller, and another nine for the smith's journey from the mainland and back again.</p>
<p>The money comes out of the fund for lamps, of which there is little need in the summer, as the mayor said on Friday.</p>
<p>The smith is to come with the next sledge, and is to be fed by the baker for as long as the work takes him.</p>
<p><em>Correction: an earlier version of this article said that the council voted four crowns. It was forty.</em></p>`},
	{"an editor's note in another form", ``, `
<p>The council has voted forty crowns for a new propeller, and another nine for the smith's journey from the mainland and back again.</p>
<p>The money comes out of the fund for lamps, of which there is little need in the summer, as the mayor said on Friday.</p>
<p>The smith is to come with the next sledge, and is to be fed by the baker for as long as the work takes him.</p>
<div class="note"><p>This article was corrected on 4 March 2026. The vote was on Friday, not on Thursday.</p></div>`},
	{"a last paragraph that asks", ``, `
<p>Nine of ten islanders want the bridge, and nine of ten do not want it to begin at their own door, as a survey of the school has found.</p>
<p>The mayor would begin it in the water, so that nobody has it. The engineer says that this is what bridges mostly do.</p>
<p>So it will be put to the vote in May, with two boxes, one for the bridge and one for the water.</p>
<p>What do you think?</p>`},
	{"a letter that is the article", ``, `
<p>Good morning! This is our newsletter from the quay, written before the first ferry by those who have slept least.</p>
<p>Let us begin with the ice. It is thinner than it looks, and the mail will not go by sledge after Friday.</p>
<p>Thanks for reading. The next letter comes on Monday.</p>
<p>What we listen to: a fiddle, found in May by a boy from the far side of the bay, and played since then by nobody.</p>`},
	{"an article about newsletters and subscriptions", ``, `
<p>More and more papers write letters. The Island Post, which once had four pages, now has four letters, and its readers are asked to subscribe to our newsletter, as its banner says, on each of them.</p>
<p>Whoever wants to subscribe to our newsletter, says the publisher of the Post, must be asked twice, since nobody hears it the first time.</p>
<p>Subscribe now and cancel later is what most people do, he says.</p>
<p>The price of a subscription has doubled in the four years. Follow us on the way to the bank, the competitors joke.</p>
<p>It is a business of patience. Sign up for our letter, unsubscribe, sign up again: a third of the readers do just that.</p>`},
	{"an article about podcasts", ``, `
<p>Listen to the fog: that is the name of a podcast that two lighthouse keepers have made since the autumn, and that half of the coast now falls asleep to.</p>
<p>Listen to it at night, says one of them, and do not listen to it at the wheel.</p>
<p>It is to be had wherever there are podcasts. Follow them on the pier, where they record on Fridays, and bring a coat.</p>
<p>For more than an hour, nothing happens. Then a ship passes.</p>`},
	{"an essay in photographs", ``, `
<p>For a year the photographer Imre Solt went out on the ice with those who live by it. Twelve of his pictures.</p>
<figure><img src="a.jpg"></figure><p>In November the ice is black, and sings when one walks on it.</p>
<figure><img src="b.jpg"></figure><p>In January the carts come. The drivers know where the current runs, and do not tell.</p>
<figure><img src="c.jpg"></figure><p>In April one hears it break at night, from one shore to the other, like a long cart of boards.</p>`},
	{"paragraphs of one sentence", ``, `
<p>The ferry is back.</p><p>She came in at six, with ice on the rails and flour in the hold.</p><p>Nobody cheered.</p><p>The baker wept.</p>
<p>By seven there was bread.</p><p>By eight there was none.</p><p>The smith slept through all of it, on a sack, with his hat on.</p>`},
	{"sub-headings that name what furniture is named", ``, `
<p>What one needs to know before the vote on the bridge: who pays, who gains, and where the sheep are to go in the meantime.</p>
<h2>Background</h2><p>The first bridge was planned in the year of the two comets, and drowned with its plan.</p>
<h2>Related</h2><p>Two families, related by marriage, own the land at both ends, and do not speak to each other.</p>
<h2>Comments</h2><p>The council had no comment. The sheep were not asked.</p>
<h2>Contact</h2><p>There has been no contact between the families since the wedding.</p>
<h2>Read more?</h2><p>The plan has nine hundred pages, and lies in the library under the window that leaks.</p>`},
	{"a timetable of the day", ``, `
<p>How the night of the flood went, hour by hour, as told by those who stood on the pier, and by the clock, which stopped at four.</p>
<div class="t"><p><b>Friday, 18:00</b></p><p>The wind turns. The harbour master has the boats taken out of the water.</p></div>
<div class="t"><p><b>Friday, 22:30</b></p><p>The lamp on the pier goes out. Nobody goes to light it.</p></div>
<div class="t"><p><b>Saturday, 4:00</b></p><p>The clock stops. The water stands in the nave of the church.</p></div>
<div class="t"><p><b>Saturday, 9:15</b></p><p>The first boat comes back, by itself, with a goat in it.</p></div>`},
	{"four readers tell", ``, `
<p>We asked on the quay what people would do with a bridge. Four answers, as they were given, between two ferries and in the rain.</p>
<div class="v"><img src="a.jpg"><p>Berit Lund, 34, baker</p><p>I would sell buns in the middle of it, where people get hungry.</p></div>
<div class="v"><img src="b.jpg"><p>Olav Holm, 71, pilot</p><p>I would go under it, as always, and not look up.</p></div>
<div class="v"><img src="c.jpg"><p>Siri Dahl, 12, pupil</p><p>I would be late for school more often, and on foot.</p></div>
<div class="v"><img src="d.jpg"><p>Knut Vik, 50, ferryman</p><p>I would learn something else, and I do not know what.</p></div>`},
	{"a calendar of concerts", ``, `
<p>The brass band plays on. Where and when it is to be heard this spring, and what one should bring along to sit on.</p>
<ul><li><p>Church of the upper town</p><p>12 March 2026, 19:30</p><p>Marches and a hymn. Bring a cushion.</p><p><a href="https://t.example/1">Tickets</a></p></li>
<li><p>Old dock</p><p>2 April 2026, 20:00</p><p>Waltzes, when the tide allows. Bring boots.</p><p><a href="https://t.example/2">Tickets</a></p></li>
<li><p>School on the hill</p><p>9 May 2026, 18:00</p><p>The pupils play with the band, or against it. Bring patience.</p><p><a href="https://t.example/3">Tickets</a></p></li></ul>`},
	{"an open letter with its signatories", ``, `
<p>To the council of the islands: we, who live at the northern end of the planned bridge, ask you to let the ferry sail for another ten years.</p>
<p>The bridge will bring carts, and the carts will bring dust, and the dust will lie on the washing, which is now dried by the cleanest wind of the coast.</p>
<p>Signed:</p><ul><li>Berit Lund, baker</li><li>Olav Holm, pilot</li><li>Siri Dahl, pupil</li></ul>`},
	{"where to find help", ``, `
<p>One in nine of the islanders says in a survey that the winter is hard to bear. Doctors advise to speak of it early, and to go out at noon.</p>
<p>The long nights weigh most on those who live alone, says the doctor of the upper town, who has seen forty winters here.</p>
<p>Most find that it is better in March. Some do not, and for them there are people who listen, day and night, and ask for no name.</p>
<p>The help line is free and can be reached at 0800 555 010 at any hour. If you are in need, call.</p>`},
	{"a statement quoted in a box", ``, `
<p>The shipping company has answered our questions in writing. We print the answer as it came, since it is short and says what it says.</p>
<blockquote><p>We regret the delay. The ferry will sail on Thursday, or on Friday.</p><p>The passengers are asked to follow us on the quay.</p></blockquote>
<p>The company did not answer further questions.</p>`},
	{"a review with its facts", ``, `
<p>Nothing happens in the new play at the town hall, and it happens very slowly, with a goose on the stage that steals every scene it is in.</p>
<p>One leaves with a feather in one's hat and the suspicion of having seen something great.</p>
<p>“The Goose”, a play in five acts by Imre Solt. Town hall, until 30 May. Tickets cost four crowns.</p>`},
	{"an article that tells of a colleague's work", `<meta name="author" content="Ansa Berling">`, `
<p>On Tuesday the water came. This paper was printed on it, as it were: the press stood in it up to the rollers, and ran.</p>
<p>Ansa Berling and the printer Olav Holm carried the paper up the stairs in their arms, roll by roll, and went on when the light went out.</p>
<p>At four the first copies were dry. They were given away, since nobody had thought of bringing the till upstairs as well.</p>`},
}

// TestJournalism takes each page as it is, without telling names, and with both
// names and tags gone.
func TestJournalism(t *testing.T) {
	for _, c := range append(journalism, moreJournalism...) {
		for _, frame := range []struct{ name, open, close string }{
			{"named", `<main><article><header><h1>Ice, a ferry and a smith</h1></header><div class="article-body">`, `</div></article></main>`},
			{"nameless", `<div class="x1"><div class="x2"><h1>Ice, a ferry and a smith</h1></div><div class="x3">`, `</div></div>`},
		} {
			t.Run(c.name+"/"+frame.name, func(t *testing.T) {
				page := `<!doctype html><html lang="en"><head><title>Ice, a ferry and a smith</title><link rel="canonical" href="https://harbour.example/2026/ice">` + c.head + `</head><body>
<div class="m1"><ul><li><a href="/">Home</a></li><li><a href="/n">News</a></li><li><a href="/s">Sport</a></li></ul></div>` +
					frame.open + c.html + frame.close + `<div class="m2"><p>Harbour Mail, 4 Quay Street</p><a href="/imprint">Imprint</a></div></body></html>`
				a := Extract(Page{URL: "https://harbour.example/2026/ice", Body: []byte(page)})
				have := flat(a.Text())
				for _, s := range textsOf(t, c.html) {
					if !strings.Contains(have, s) {
						t.Errorf("lost: %q", s)
					}
				}
				if t.Failed() {
					t.Logf("removed: %+v", a.Removed)
				}
			})
		}
	}
}

// textsOf gives the runs of text of some HTML.
func textsOf(t *testing.T, fragment string) []string {
	doc, err := html.Parse(bytes.NewReader([]byte(fragment)))
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for n := range doc.Descendants() {
		if n.Type == html.TextNode {
			if s := flat(n.Data); s != "" {
				texts = append(texts, s)
			}
		}
	}
	return texts
}
