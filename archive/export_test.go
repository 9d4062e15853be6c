package archive

// SettleTraining waits until nothing that was stored is left to learn from.
func SettleTraining(s *Store) { s.training.settle() }

// SitesOfDictionaries gives the sites that dictionaries are for, "" being all.
func SitesOfDictionaries(s *Store) (map[uint64]string, error) {
	sites := map[uint64]string{}
	return sites, s.View(func(tx *Tx) error {
		return tx.eachDictionary(func(d storedDictionary, err error) error {
			sites[d.id] = d.site
			return err
		})
	})
}
