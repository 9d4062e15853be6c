package notice

// Options say what is known of the text.
type Options struct {
	Language string // BCP 47, when it is known; the rules work without
	Flat     bool   // the text was flattened long ago: buttons are lines or stuck to sentences, markup is gone
}

// Blocks takes notices out of the paragraphs of one text, given in reading
// order. kept has as many entries as texts: the text itself, a shortened text
// when a notice was glued to it, or "" when the block went whole.
func Blocks(texts []string, o Options) (kept []string, removed []Removal) {
	return append([]string(nil), texts...), nil
}
