package newsroom

import (
	"net/http"
	"strings"
)

// A reader who accepts gets this cookie; a crawler never does.
const consentCookie = "nw_consent"

func consented(r *http.Request) bool {
	c, err := r.Cookie(consentCookie)
	return err == nil && c.Value == "1"
}

// wall is the consent page in front of a path.
func (r *Room) wall(p *paper, path string) (document, error) {
	body, err := render(r.templates[p.key], "consent", p.charset, struct{ Return string }{local(path)})
	return document{body: body, kind: p.contentType("/consent"), private: true}, err
}

// consent takes the reader's choice and sends him back to what he wanted to read.
func consent(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 4<<10)
	if err := r.ParseForm(); err != nil {
		http.Error(w, "The form could not be read.", http.StatusBadRequest)
		return
	}
	if r.PostForm.Get("choice") == "accept" {
		http.SetCookie(w, &http.Cookie{Name: consentCookie, Value: "1", Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode})
	}
	http.Redirect(w, r, local(r.PostForm.Get("return")), http.StatusSeeOther)
}

// local is a path on this host, "/" for anything else.
func local(path string) string {
	if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || strings.ContainsAny(path, "\\\r\n") {
		return "/"
	}
	return path
}
