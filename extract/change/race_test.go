//go:build race

package change

// raced tells that the race detector is on, which makes a measurement ten times as long.
const raced = true
