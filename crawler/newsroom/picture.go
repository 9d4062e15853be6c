package newsroom

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// picture draws a sky, a light and some hills or waves for an article, the
// same each time: n is its place in the paper, so that neighbours differ.
func picture(name string, n int) []byte {
	var seed [32]byte
	copy(seed[:], name)
	r := rand.New(rand.NewChaCha8(seed))
	hue := (200 + 137*n) % 360
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 960 540"><defs><linearGradient id="s" x2="0" y2="1">`+
		`<stop offset="0" stop-color="hsl(%d 45%% 42%%)"/><stop offset="1" stop-color="hsl(%d 70%% 82%%)"/></linearGradient></defs>`+
		`<rect width="960" height="540" fill="url(#s)"/>`, hue, (hue+40)%360)
	fmt.Fprintf(&b, `<circle cx="%d" cy="%d" r="%d" fill="#fff" opacity=".75"/>`, 120+r.IntN(720), 80+r.IntN(140), 24+r.IntN(44))
	for layer := range 4 {
		y := 250 + layer*70
		fmt.Fprintf(&b, `<path fill="hsl(%d 35%% %d%%)" d="M0 540V%d`, hue, 46-layer*10, y)
		for x := 120; x <= 960; x += 120 {
			fmt.Fprintf(&b, `Q%d %d %d %d`, x-60, y-70+r.IntN(90), x, y-20+r.IntN(50))
		}
		b.WriteString(`V540z"/>`)
	}
	b.WriteString("</svg>\n")
	return []byte(b.String())
}
