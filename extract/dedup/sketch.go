package dedup

// A Sketch is what is kept of a text to recognise it again. The zero Sketch is that of an empty text.
type Sketch struct {
	site  uint32
	day   uint32
	title []uint16
	body  []uint16
}
