// Package warc reads the records of WARC files, versions 1.0 and 1.1, plain,
// gzip or zstd, and goes on behind what is damaged; it writes WARC 1.1, indexes
// of it (CDXJ) and packages (WACZ), the same bytes for the same records.
//
// A file is read as a stream, one record after the other:
//
//	r := warc.NewReader(file)
//	for {
//		rec, err := r.Next()
//		if err == io.EOF {
//			break
//		}
//		var bad *warc.Damage
//		if errors.As(err, &bad) {
//			continue // told where and what; Next goes on with the next record that can be read
//		}
//		if err != nil {
//			return err
//		}
//		res, err := rec.Response(20 << 20)
//	}
//
// What tools write wrongly is read all the same where the meaning is plain:
// lines that end in LF alone, addresses in angle brackets, one gzip member
// around the whole file, bodies whose chunks or content encoding were undone
// while their headers still name them.
package warc
