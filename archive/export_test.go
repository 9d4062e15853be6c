package archive

// SettleTraining waits until nothing that was stored is left to learn from.
func SettleTraining(s *Store) { s.training.settle() }
