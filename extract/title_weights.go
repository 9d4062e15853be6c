package extract

// titleEvidence is how many pieces of evidence speak for or against a name.
const titleEvidence = 40

// titleWeights is what each piece of evidence is worth. Learned by
//
//	go test ./extract -run TestLearnTitles -eval DIR -learn-titles
//
// which writes this table; nameFeatures computes the evidence in its order.
var titleWeights = [titleEvidence]titleWeight{
	{"it is an h1", 1.28},
	{"it is an h1 without its kicker", 0.78},
	{"it is og:title", 1.03},
	{"it is JSON-LD's headline", -0.01},
	{"it is <title>", 0.21},
	{"news: it is an h1", -0.49},
	{"news: it is og:title", 1.68},
	{"news: it is JSON-LD's headline", 0.48},
	{"it is the first h1", 0.58},
	{"it is cut at a mark", -0.02},
	{"what is left after the cut stands elsewhere too", -0.13},
	{"how many sources say it", 0.02},
	{"all sources say it", 0.03},
	{"one of several h1s, and unlike the other sources", -1.45},
	{"how like the other sources it is", 1.22},
	{"an h1 that is quite unlike them", -0.23},
	{"an h1 begins with it and goes on", 0.01},
	{"an h1 ends with it", 0.52},
	{"it begins with an h1 and goes on", 0.30},
	{"it ends with an h1", 0.24},
	{"og:title or JSON-LD begins with it and goes on", 0.00},
	{"og:title or JSON-LD ends with it", -0.85},
	{"it begins with og:title or JSON-LD and goes on", -1.24},
	{"it ends with og:title or JSON-LD", -0.64},
	{"<title> begins with it and goes on", 1.07},
	{"<title> ends with it", 0.93},
	{"it is one word", -0.70},
	{"it is in capitals", -0.38},
	{"it ends in dots", -0.37},
	{"it has a bar in it", -2.27},
	{"it is spaced for the eye", -2.14},
	{"news: og:title leaves out how the h1 begins", -0.27},
	{"news: og:title sets something before the h1", -1.24},
	{"news: og:title leaves out how the h1 ends", 0.43},
	{"og:title and JSON-LD agree against the h1", 0.17},
	{"h1 and JSON-LD agree against og:title", 0.51},
	{"og:title and <title> agree against the h1", -0.30},
	{"h1 and <title> agree against og:title", 0.43},
	{"og:title says the h1 with other punctuation", 1.23},
	{"with og:title or JSON-LD it makes up <title>", -1.14},
}
