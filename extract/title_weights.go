package extract

// titleEvidence is how many pieces of evidence speak for or against a name.
const titleEvidence = 40

// titleWeights is what each piece of evidence is worth. Learned by
//
//	go test ./extract -run TestLearnTitles -eval DIR -learn-titles
//
// which writes this table; nameFeatures computes the evidence in its order.
var titleWeights = [titleEvidence]titleWeight{
	{"it is an h1", 1.18},
	{"it is an h1 without its kicker", 1.03},
	{"it is og:title", 0.88},
	{"it is JSON-LD's headline", -0.07},
	{"it is <title>", 0.22},
	{"news: it is an h1", -0.48},
	{"news: it is og:title", 1.76},
	{"news: it is JSON-LD's headline", 0.45},
	{"it is the first h1", 0.51},
	{"it is cut at a mark", 0.05},
	{"what is left after the cut stands elsewhere too", -0.16},
	{"how many sources say it", 0.17},
	{"all sources say it", -0.16},
	{"one of several h1s, and unlike the other sources", -1.33},
	{"how like the other sources it is", 1.12},
	{"an h1 that is quite unlike them", -0.46},
	{"an h1 begins with it and goes on", -0.06},
	{"an h1 ends with it", 0.28},
	{"it begins with an h1 and goes on", 0.25},
	{"it ends with an h1", 0.25},
	{"og:title or JSON-LD begins with it and goes on", -0.02},
	{"og:title or JSON-LD ends with it", -0.91},
	{"it begins with og:title or JSON-LD and goes on", -1.21},
	{"it ends with og:title or JSON-LD", -0.66},
	{"<title> begins with it and goes on", 1.05},
	{"<title> ends with it", 1.02},
	{"it is one word", -0.83},
	{"it is in capitals", -0.21},
	{"it ends in dots", -0.37},
	{"it has a bar in it", -2.27},
	{"it is spaced for the eye", -2.23},
	{"news: og:title leaves out how the h1 begins", -0.07},
	{"news: og:title sets something before the h1", -1.25},
	{"news: og:title leaves out how the h1 ends", 0.54},
	{"og:title and JSON-LD agree against the h1", 0.15},
	{"h1 and JSON-LD agree against og:title", 0.44},
	{"og:title and <title> agree against the h1", -0.52},
	{"h1 and <title> agree against og:title", 0.41},
	{"og:title says the h1 with other punctuation", 0.99},
	{"with og:title or JSON-LD it makes up <title>", -1.37},
}
