package main

// nearest is the word of the list that differs least from w, if it is near.
func nearest(w string, list []string) string {
	best, at := "", 3
	for _, x := range list {
		if d := distance(w, x); d < at && d < max(len(w), len(x))/2+1 {
			best, at = x, d
		}
	}
	return best
}

// distance is the number of letters put in, left out or changed between two
// words (Levenshtein 1966), two swapped neighbours counting as one.
func distance(a, b string) int {
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			rows[i][j] = min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(a)][len(b)]
}
