package urlkey

import "strings"

// Parameters that tell the publisher where a reader came from and change
// nothing on the page. Names are in lower case. Only names that no publisher
// is known to choose a page with stand here; see trackingWhen for the others.
var tracking = set(`
	fbclid fb_ref fb_source fb_action_ids fb_action_types fb_comment_id fbadid
	gclid gclsrc dclid gbraid wbraid gad gad_source gad_campaignid srsltid
	msclkid twclid ttclid yclid ysclid ymclid li_fat_id epik rb_clickid irclickid irgwc sccid scclickid
	igshid igsh wickedid wickedsource s_kwcid ef_id rdt_cid mkwid obclid vmcid kclickid zanpid qclid
	_branch_match_id _branch_referrer __readwiselocation

	mc_cid mc_eid mc_tc mkt_tok _hsenc _hsmi __hstc __hssc __hsfp hsctatracking vero_id vero_conv
	oly_enc_id oly_anon_id ml_subscriber ml_subscriber_hash _ga _gl _ke __s _openstat _bta_tid _bta_c
	bxid cndid rb_track nr_email_referer emci emdi ck_subscriber_id sc_customer sc_eh sc_uid sc_llid
	elqtrackid elqtrack elqaid elqat elqcampaignid dm_i _kx sfmc_sub sfmc_id cm_mmc cm_mmca1 cm_mmca2 cm_sp
	inf_contact_key trk_contact trk_msg trk_module trk_sid dpg_source dpg_campaign dpg_medium dpg_content

	xtor xtref xtmc xtcr ocid ncid cmpid cmp icid int_cmp intcmp int_source int_medium int_campaign
	s_cid n_cid ito ico smid smtyp taid mbid gepc reflink sharetoken sharetype sr_share
	guccounter guce_referrer guce_referrer_sig soc_src soc_trk traffic_source tblci dicbo oborigurl
	__twitter_impression ref_src ref_url referrer trk trkcampaign spm scm replytocom
	wtmc wtrid wpisrc wpmm itid pwapi_token smprod ftcamp segmentid srnd leadsource sref feedtype feedname
	fsrc dcmp hpt iref rcmd_alg xrs id_externo_rsoc ssm emc regi_id unlocked_article_code referringsource
	searchresultposition isappinstalled nsukey mktcid mktcval trco __source __tn__ __cft__
	outbrainclickid share_token sfns xmt refresh_ce
	cx_testid cx_testvariant cx_artpos cx_navsource cx_tag cx_experienceid
	pk_campaign pk_kwd pk_keyword pk_source pk_medium pk_content pk_cid

	usqp amp_js_v amp_gsa aoh amp_latest_update_time amp_markup amp_analytics amp_ct
`)

// The families of such parameters: Urchin and Matomo, HubSpot, Piano (at_),
// comScore (ns_), Webtrekk (wt_, wt.), and what some publishers made their own.
var trackingPrefix = []string{
	"utm_", "utm-", "mtm_", "matomo_", "piwik_", "hsa_", "at_", "ns_", "wt_", "wt.", "sara_", "stm_", "taboola",
	"lmd_", "itm_", "ga_campaign", "ga_source", "ga_medium", "cxense_", "asgtbndr", "tduid",
}

// familyLetter tells the first letters of these families: by that most
// parameters are told to be none of them.
var familyLetter = func() (letters [256]bool) {
	for _, p := range trackingPrefix {
		letters[p[0]] = true
	}
	return letters
}()

// Parameters that track only when their value names where a link stood;
// elsewhere "source" or "from" may choose the page.
var trackingWhen = set(`
	ref source src from via share shared feature partner cid campaign origin referer referral
`)

// linkPlaces are such values.
var linkPlaces = set(`
	rss rss2 feed feeds rssfeed rss_feed atom newsletter nlletter email mail e-mail push pushnotification share social
	home homepage startpage frontpage app iosapp android-app twitter facebook fb x linkedin whatsapp telegram
	reddit flipboard googlenews google_news google-news applenews apple_news mastodon bluesky threads
	instagram pocket vk viber line wechat weibo kakao kakaotalk timeline singlemessage groupmessage
	jetpack-relatedposts hp teaser nl amp yandex yxnews smartnews dailyhunt upday wap
`)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// isTracking tells the parameters that change nothing on the page. The name is
// in lower case.
func isTracking(name, value string) bool {
	if tracking[name] {
		return true
	}
	if trackingWhen[name] && linkPlaces[strings.ToLower(value)] {
		return true
	}
	if name == "" || !familyLetter[name[0]] || name == "at_id" || name == "ns_id" { // which may choose
		return false
	}
	for _, p := range trackingPrefix {
		if strings.HasPrefix(name, p) {
			return true
		}
	}
	return false
}
