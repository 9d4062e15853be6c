//go:build !race

package change

const raced = false
