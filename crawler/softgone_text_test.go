package crawler

import (
	"bytes"
	"testing"
)

// What stands in a script is no text, however the script ends. A page of a
// million bytes in which no script ends is read once, not once for each.
func TestTextOfScripts(t *testing.T) {
	const text = "<p>The harbour master said on Monday that the quay is to be closed for weeks</p>"
	plain, ok := textSum([]byte(text))
	if !ok {
		t.Fatal("too few words")
	}
	for _, tail := range []string{
		"<script>var words = none</script>", "<SCRIPT src=x>var words = none</SCRIPT>", "<script\n>if (a </b) words",
		"<script>never ends", "<style>p { }", "<title>never ends",
		"<script>a</script><STYLE>b</style >", "<script>" + string(bytes.Repeat([]byte("<script>"), readForText/8)),
	} {
		if sum, ok := textSum([]byte(text + tail)); !ok || sum != plain {
			t.Errorf("what stands in %.40q is taken for text", tail)
		}
	}
	if sum, _ := textSum([]byte(text + "<style-guide>words</style-guide>")); sum == plain {
		t.Error("the words in an element of another name are not")
	}
}
