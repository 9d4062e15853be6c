package memory

// Nearly all paragraphs stand on one page only. Those seen once are kept apart,
// in sets of eight of which the oldest falls out, as a 22-bit tag and the
// number of their page, so that they cost four bytes each and push out nothing
// that is known to repeat.
const (
	pageBits = 10
	pageMask = 1<<pageBits - 1
)

func onceTag(hash uint64) (set int, tag uint32) {
	tag = uint32(hash>>40) & (1<<(32-pageBits) - 1)
	if tag == 0 {
		tag = 1 // 0 is an empty slot
	}
	return int(hash & (sets - 1)), tag
}

// seenOnce gives how many pages ago a text was seen for the first time.
func (s *Site) seenOnce(hash uint64) (ago uint32, ok bool) {
	set, tag := onceTag(hash)
	for _, slot := range s.once[set] {
		if slot>>pageBits == tag {
			return (s.pages - slot) & pageMask, true
		}
	}
	return 0, false
}

func (s *Site) addOnce(hash uint64) {
	set, tag := onceTag(hash)
	slots := &s.once[set]
	copy(slots[1:], slots[:ways-1])
	slots[0] = tag<<pageBits | s.pages&pageMask
}

func (s *Site) dropOnce(hash uint64) {
	set, tag := onceTag(hash)
	slots := &s.once[set]
	for i, slot := range slots {
		if slot>>pageBits == tag {
			copy(slots[i:], slots[i+1:])
			slots[ways-1] = 0
			return
		}
	}
}
