package extract

// More pages for TestJournalism: services to readers, odd forms, and texts in
// which the words of furniture are the subject.
var moreJournalism = []journal{
	{"where to go and whom to ask", ``, `
<p>The exhibition on the ice winters opens on Friday in the old dock, with nineteen hats, two propellers and a fiddle of uncertain age.</p>
<p>The keeper has put everything on herring barrels, so that one can look under it, and under two of the hats there is something to be found.</p>
<p>It is open on all days but Monday, and costs two crowns; who comes with a hat of his own pays one.</p>
<p>For more information, visit <a href="https://museum.example/">museum.example</a>.</p>`},
	{"help with an address", ``, `
<p>One in nine of the islanders says in a survey that the winter is hard to bear. Doctors advise to speak of it early, and to go out at noon.</p>
<p>The long nights weigh most on those who live alone, says the doctor of the upper town, who has seen forty winters here.</p>
<p>Most find that it is better in March. Some do not, and for them there are people who listen, day and night, and ask for no name.</p>
<p>Contact the help line of the islands at 0800 555 010 or at <a href="https://help.example/">help.example</a>.</p>`},
	{"a section about a town", ``, `
<p>Three towns of the coast want to be the seat of the new harbour board, and each of them has sent the council a goose and a letter.</p>
<h2>About Lund</h2><p>Lund has a market, a gaol and the only clock of the coast that strikes thirteen, which the board would be sure to hear.</p>
<h2>About Vik</h2><p>Vik has neither, but lies in the middle. The board could walk there from all sides, as its letter says.</p>
<h2>About Moe</h2><p>Moe has sent the bigger goose, and says no more.</p>`},
	{"a refrain", ``, `
<p>The song that the whole coast sings this winter was written by a pupil of nine, in a lesson about something else. Here it is.</p>
<p>The goose is on the ice, the goose is on the ice.</p><p>Who told her it would bear, who told her to be nice?</p>
<p>The goose is on the ice, the goose is on the ice.</p><p>She has been told it once, she will be told it twice.</p>
<p>The goose is on the ice, the goose is on the ice.</p>`},
	{"speakers in bold", ``, `
<p>A talk between the two last ferrymen of the strait, taken down on the quay by this paper, with the wind left out.</p>
<p><strong>Holm:</strong> I was never late.</p><p><strong>Vik:</strong> You were never there.</p><p><strong>Holm:</strong> That is what I say.</p>
<p><strong>Vik:</strong> Listen: the bridge will be late as well.</p><p><strong>Holm:</strong> Share your bread.</p>`},
	{"one paragraph after another by line breaks", ``, `
The harbour was closed on Tuesday, since the chain had been stolen in the night by somebody who must have had a very large cart.<br><br>The chain is ninety yards long and was forged in the year of the flood.<br><br>“Whoever has it will have trouble hiding it,” said the harbour master.<br><br>The watch is asking for witnesses.`},
	{"a list of the year's words", ``, `
<p>These are the words that the readers of this paper have chosen, with the number of votes, in the order of the votes, and not of merit.</p>
<ol><li>Ice (900)</li><li>Flour (720)</li><li>Smith (310)</li><li>Subscribe (12)</li><li>Share (9)</li></ol>`},
	{"an article about commentators", ``, `
<p>Who writes beneath the articles of this paper, and why? We have asked the five who do it most, and who never before were asked.</p>
<h3>Comments as a calling</h3><p>“I read the comment before I read the text,” says one of them, a pilot, “and I write mine before I have read either.”</p>
<h3>Join the conversation?</h3><p>He once met another of the five on the quay. They had nothing to say to each other, and went home to write it.</p>
<h3>Log in</h3><p>Since one has to log in, half of them have gone. The pilot has stayed. He forgot how to log out.</p>`},
	{"a tally in short lines", ``, `
<p>What the council had to decide on Friday, and how it did. It sat for nine hours, with one meal and one quarrel.</p>
<p>The bridge: yes, by five to four.</p><p>The lamps: no.</p><p>The goose on the stage: put off.</p><p>A chair for the mayor: yes</p><p>A second chair: no</p><p>Beer at the sittings: no vote</p>`},
	{"a last line in italics", ``, `
<p>The ferry sails again. On her first trip she took nine barrels, forty letters, a goose and the smith, who slept on the barrels.</p>
<p>The islanders stood on the quay and counted the barrels, and then counted them again, since nine seemed little after five weeks.</p>
<p>A tenth was found in the evening, in the smith's own cart, under his hat, with a dent.</p>
<p><em>The names of the islanders were changed by the editors to protect them.</em></p>`},
	{"a serial", ``, `
<p>Second part of our series on the ice winters. In the first part the ferry was caught in the strait, and a smith was sent for.</p>
<p>The smith came on foot, as the sledge had left without him. He had his hammer in one hand and his hat in the other.</p>
<p>He asked for a fire. They showed him the stove of the school, and the pupils were sent home for as long as the iron was red.</p>
<p>To be continued on Saturday.</p>`},
	{"a market report", ``, `
<p>Flour rose by two crowns on Monday, as the ferry lay still. Oats followed. Hats were not asked for.</p>
<p>Dealers speak of a mood. “One buys when the others buy,” says one, “and the others buy when the harbour bell rings.”</p>
<table><tr><td>Flour</td><td>12.40</td><td>+2.00</td></tr><tr><td>Oats</td><td>7.10</td><td>+0.60</td></tr><tr><td>Hats</td><td>3.00</td><td>0.00</td></tr></table>`},
	{"a letter to the editor", ``, `
<p>Your paper wrote on Monday that the clock of Lund strikes thirteen. That is wrong. It strikes twelve, and the smith strikes once.</p>
<p>It has been so since he moved in beside the tower, and it is his noon. We like it.</p>
`},
	{"quotations in boxes", ``, `
<p>What was said about the bridge in the first sitting of the new council, as far as one could hear it over the wind.</p>
<div class="q"><blockquote>I was born on this side, and it has always been the better one.</blockquote><p>Olav Holm, pilot</p></div>
<div class="q"><blockquote>A bridge is a ferry that has made up its mind.</blockquote><p>Siri Dahl, mayor</p></div>
<div class="q"><blockquote>Who will pay for the paint?</blockquote><p>Knut Vik, treasurer</p></div>`},
	{"a guide with addresses", ``, `
<p>Where to sleep when the ferry does not sail: four beds on the quay that are dry, and of which one is even warm.</p>
<h3>The Anchor</h3><p>Nine rooms over a bakery. One wakes early and does not mind.</p><p>4 Quay Street, from 3 crowns a night</p>
<h3>The Lamp</h3><p>Two rooms in the lighthouse. There are stairs.</p><p>The Pier, from 2 crowns a night</p>
<h3>The Net</h3><p>Hammocks, among fishermen who snore in turns.</p><p>Old Dock, 1 crown a night</p>`},
}
