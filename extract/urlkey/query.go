package urlkey

import "strings"

// Parameters that tell the publisher where a reader came from and change
// nothing on the page. Names are in lower case.
var tracking = map[string]bool{
	// advertising networks' click ids
	"fbclid": true, "gclid": true, "gclsrc": true, "dclid": true, "gbraid": true, "wbraid": true,
	"gad_source": true, "gad_campaignid": true, "srsltid": true, "msclkid": true, "twclid": true,
	"ttclid": true, "yclid": true, "ysclid": true, "li_fat_id": true, "epik": true, "rb_clickid": true,
	"igshid": true, "igsh": true, "wickedid": true, "irclickid": true, "sccid": true,
	// mail and marketing tools
	"mc_cid": true, "mc_eid": true, "mkt_tok": true, "_hsenc": true, "_hsmi": true, "__hstc": true,
	"__hssc": true, "__hsfp": true, "hsctatracking": true, "vero_id": true, "vero_conv": true,
	"oly_enc_id": true, "oly_anon_id": true, "ml_subscriber": true, "ml_subscriber_hash": true,
	"_ga": true, "_gl": true, "_ke": true, "__s": true, "_openstat": true, "pk_campaign": true,
	"pk_kwd": true, "pk_source": true, "pk_medium": true, "bxid": true, "cndid": true,
	"rb_track": true, "nr_email_referer": true, "emci": true, "emdi": true,
	// publishers' own
	"wt_mc": true, "wt.mc_id": true, "wt_zmc": true, "wt.mc": true, "xtor": true, "ocid": true,
	"ncid": true, "cmpid": true, "cmp": true, "icid": true, "int_cmp": true, "intcmp": true,
	"s_cid": true, "ito": true, "smid": true, "smtyp": true, "taid": true, "mbid": true,
	"gepc": true, "reflink": true, "sharetoken": true, "sharetype": true, "sr_share": true,
	"guccounter": true, "guce_referrer": true, "guce_referrer_sig": true, "soc_src": true,
	"soc_trk": true, "traffic_source": true, "__twitter_impression": true, "tblci": true,
	"dicbo": true, "oborigurl": true, "ref_src": true, "ref_url": true, "referrer": true,
	"fb_ref": true, "fb_source": true, "fb_action_ids": true, "fb_action_types": true,
	"trk": true, "trkcampaign": true, "spm": true, "replytocom": true, "cx_testid": true,
	"cx_testvariant": true, "cx_artpos": true, "ns_linkname": true,
	// what AMP viewers add
	"usqp": true, "amp_js_v": true, "amp_gsa": true, "aoh": true, "amp_latest_update_time": true,
}

// The families of such parameters.
var trackingPrefix = []string{
	"utm_", "mtm_", "matomo_", "piwik_", "hsa_", "at_campaign", "at_medium", "at_custom", "at_link",
	"at_format", "at_ptr", "at_bbc", "ns_mchannel", "ns_campaign", "ns_source", "ns_fee",
	"sara_", "stm_", "taboola",
}

// Parameters that track only when their value names where a link stood;
// elsewhere "source" or "from" may choose the page.
var trackingWhen = map[string]bool{
	"ref": true, "source": true, "src": true, "from": true, "via": true, "share": true,
	"feature": true, "partner": true, "mod": true, "cid": true, "campaign": true,
}

var linkPlaces = map[string]bool{
	"rss": true, "feed": true, "feeds": true, "rssfeed": true, "atom": true, "newsletter": true,
	"email": true, "mail": true, "push": true, "share": true, "social": true, "home": true,
	"homepage": true, "app": true, "twitter": true, "facebook": true, "fb": true, "x": true,
	"linkedin": true, "whatsapp": true, "telegram": true, "reddit": true, "flipboard": true,
	"googlenews": true, "google_news": true, "applenews": true, "apple_news": true,
	"mastodon": true, "bluesky": true, "threads": true, "instagram": true, "pocket": true,
	"jetpack-relatedposts": true, "hp": true, "teaser": true, "nl": true, "amp": true,
}

// Parameters that hold a visitor's session.
var session = map[string]bool{
	"jsessionid": true, "phpsessid": true, "sessionid": true, "session_id": true, "sessid": true,
	"cfid": true, "cftoken": true, "zenid": true, "oscsid": true, "xtcsid": true, "__nodeid": true,
}

// cleanQuery drops what tracks the reader and the empty pieces, and leaves the
// order as it is: some servers read it.
func cleanQuery(query string) string {
	if query == "" {
		return ""
	}
	query = normaliseEscapes(query, unreserved)
	return keepParameters(query, func(name, value string, assigned bool) bool {
		return !isTracking(name, value) && !isSession(name, value)
	})
}

// keepParameters leaves of a query the pieces that keep accepts; assigned
// tells "name=" from "name". Empty pieces go.
func keepParameters(query string, keep func(name, value string, assigned bool) bool) string {
	var b strings.Builder
	for len(query) > 0 {
		var piece string
		piece, query, _ = strings.Cut(query, "&")
		name, value, assigned := strings.Cut(piece, "=")
		if name == "" && value == "" || !keep(strings.ToLower(name), value, assigned) {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('&')
		}
		b.WriteString(piece)
	}
	return b.String()
}

func isTracking(name, value string) bool {
	if tracking[name] {
		return true
	}
	if trackingWhen[name] && linkPlaces[strings.ToLower(value)] {
		return true
	}
	for _, p := range trackingPrefix {
		if strings.HasPrefix(name, p) {
			return true
		}
	}
	return false
}

// isSession also takes short names whose value can only be a session's: long,
// of letters and digits mixed.
func isSession(name, value string) bool {
	name = strings.ToLower(name)
	if session[name] || strings.HasPrefix(name, "aspsessionid") {
		return true
	}
	if name != "sid" && name != "s" && name != "sess" || len(value) < 24 {
		return false
	}
	digits := 0
	for i := 0; i < len(value); i++ {
		if !isAlphanumeric(value[i]) {
			return false
		}
		if value[i] <= '9' {
			digits++
		}
	}
	return digits >= 4 && digits < len(value)
}
