package archive

// bucketOf gives the buckets of records by their kinds, of raw volumes too.
// Records of the state may stand anywhere in bucket meta.
var bucketOf = func() map[kind]string {
	of := map[kind]string{kindBody: bucketBodies}
	for bucket, k := range recordKinds {
		if k != kindState {
			of[k] = bucket
		}
	}
	return of
}()

// strays looks, after walk, at the pages that are neither in use nor free: what
// hung on a branch that is damaged. A record says by its checksum that it is
// one, and by its kind where it belongs.
func (w *walker) strays(each func(bucket string, key, value []byte) error) error {
	for id := uint64(2); id < w.head.pages; id++ {
		if (w.used[id/8]|w.free[id/8])>>(id%8)&1 == 1 {
			continue
		}
		p, err := w.page(id)
		if err != nil || p.kind != pageLeaf {
			continue
		}
		quiet := &walker{r: w.r, head: w.head, problem: func(string, string) {}}
		err = quiet.leaf(p, "", nil, nil, func(p *walkedPage, flags uint32, key []byte, off, size int) error {
			value, err := p.bytes(off, size)
			if err != nil || flags != 0 || len(value) < 3 {
				return nil
			}
			k := kind(value[1])
			bucket := bucketOf[k]
			if bucket == "" {
				return nil
			}
			if _, err := parseFrame(key, value, k); err != nil {
				return nil
			}
			return each(bucket, key, value)
		})
		if err != nil {
			return err
		}
	}
	return nil
}
