//go:build race

package dedup

// raced tells that the race detector is on, which makes a measurement ten times as long.
const raced = true
