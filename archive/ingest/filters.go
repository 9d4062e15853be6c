package ingest

import (
	"pressmark/extract"
	"pressmark/extract/filter"
)

// Filter has pages read with other filters from now on, as if the Ingester had
// been made with them.
func (in *Ingester) Filter(f *filter.Set) {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.o.Filters, in.reader = f, extract.VersionWith(f)
	in.recall = recall{}
}
