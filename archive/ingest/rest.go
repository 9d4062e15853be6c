package ingest

// Rest calls do while no conclusions are drawn, for who drops or alters them.
// What was remembered between two steps is read anew afterwards.
func (in *Ingester) Rest(do func() error) error {
	in.mu.Lock()
	defer in.mu.Unlock()
	defer func() { in.recall = recall{} }()
	return do()
}
