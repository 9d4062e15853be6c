package notice

import (
	"strings"
	"sync"
)

// vendorTable names the containers of consent tools: the tool, then exact ids
// and classes, or prefixes of them with "*". They are facts of the tools'
// markup, written down from pages. Only names that a tool gives to what it
// shows belong here, never those it gives to html, body or a link that
// reopens its dialog. Names marked "+" are those of a blocked embed.
const vendorTable = `
onetrust       onetrust-consent-sdk onetrust-banner-sdk onetrust-pc-sdk ot-sdk-cookie-policy optanon-alert-box-wrapper optanon-popup-wrapper optanon-popup-bg
consentmanager cmpbox cmpbox2 cmpwrapper cmpboxtxt cmpboxcontent cmpboxBG
cookiebot      CybotCookiebotDialog* CookiebotWidget CookieDeclaration
cookiebot-embed +cookieconsent-optout-marketing +cookieconsent-optout-statistics +cookieconsent-optout-preferences
sourcepoint    sp_message_container* sp_message_iframe* sp_privacy_manager*
funding-choices fc-consent-root fc-dialog-container fc-message-root fc-ab-root
usercentrics   usercentrics-root usercentrics-cmp-ui usercentrics-button uc-banner-modal uc-banner-wrapper uc-banner-content uc-main-banner
usercentrics-embed +uc-embedding-container +uc-embedding-wrapper
cookieyes      cky-*
cookie-law-info cookie-law-info-bar cookie-law-info-again cliSettingsPopup cli-modal cli-modal-backdrop cli-bar-container cli-bar-message cli-settings-overlay wt-cli-cookie-bar wt-cli-cookie-bar-container
quantcast      qc-cmp2-* qc-cmp-ui qc-cmp-ui-container
didomi         didomi-host didomi-popup didomi-notice didomi-notice-banner didomi-consent-popup didomi-popup-container didomi-popup-backdrop
penci          penci-wrap-gprd-law penci-gprd-law goso-wrap-gprd-law goso-gprd-law
cookie-notice  cookie-notice cookie-notice-container cn-notice-text hu-cookies-notice
jetpack        eu-cookie-law widget_eu_cookie_law_widget
cookieconsent  cc-window cc-banner cc-floating cc-revoke cc_banner cc_banner-wrapper cc_container cc_dialog
cookieconsent3 cc-main cc--main cc_div cm-wrapper
borlabs        BorlabsCookieBox BorlabsCookieBoxWrap brlbs-cmpnt-dialog
borlabs-embed  +_brlbs-content-blocker +BorlabsCookie +_brlbs-cb +_brlbs-embed +brlbs-cmpnt-content-blocker +brlbs-cmpnt-cb-main
enfold         avia-cookie-consent avia-cookie-consent-wrap avia-cookie-consent-modal avia_cookie_text
catapult       catapult-cookie-bar
eu-cookie-law  pea_cook_wrapper pea_cook_more_info_popover
complianz      cmplz-cookiebanner cmplz-cookiebanner-container cmplz-manage-consent cmplz-soft-cookiewall
complianz-embed +cmplz-blocked-content-container +cmplz-blocked-content-notice
moove          moove_gdpr_cookie_info_bar moove_gdpr_cookie_modal moove-gdpr-*
iubenda        iubenda-cs-*
klaro          klaro cookie-modal-klaro
tarteaucitron  tarteaucitronRoot tarteaucitronAlertBig tarteaucitronAlertSmall tarteaucitron
tarteaucitron-embed +tac_activate
trustarc       truste-consent-track truste_overlay truste_box_overlay truste-consent-content truste-consent-text trustarc-banner-container trustarc-banner trustarcNoticeFrame
osano          osano-cm-*
termly         termly-code-snippet-support t-consentPrompt
axeptio        axeptio_overlay axeptio_main_button axeptio_btn_*
cookie-script  cookiescript_*
civic          ccc ccc-module ccc-notify ccc-overlay
cookiefirst    cookiefirst-root
cookiehub      ch2-container ch2-dialog
cookieinformation coi-banner-wrapper coiOverlay coi-consent-banner coiPage-1
commanders-act popin_tc_privacy popin_tc_privacy_container_button footer_tc_privacy tc-privacy-wrapper
sirdata        sd-cmp
appconsent     appconsent
ketch          ketch-banner ketch-consent-banner
transcend      transcend-consent-manager
evidon         _evidon_banner _evidon-banner _evidon-background evidon-banner
shopify        shopify-pc__banner shopify-privacy-banner
wix            ccsu-banner-wrapper consent-banner-root
squarespace    sqs-cookie-banner-v2
hubspot        hs-eu-cookie-confirmation hs-eu-cookie-confirmation-inner hs-banner-parent
drupal         sliding-popup eu-cookie-compliance-banner eu-cookie-compliance-content eu-cookie-withdraw-wrapper
joomla         redim-cookiehint redim-cookiehint-bottom redim-cookiehint-modal redim-cookiehint-top sp-cookie-consent
typo3          tx-om-cookie-consent cookieman-modal
contao         contao-cookiebar contaocookiebar
shopware       cookie-permission-container cookie-permission--container
real-cookie-banner rcb-banner
real-cookie-banner-embed +rcb-content-blocker
wp-gdpr        wpgdprc-consent-bar wpgdprc-* wpl-cookie-bar gdpr-cookie-consent-bar gdpr-cookie-notice
flatsome       flatsome-cookies
betheme        mfn-gdpr
blogger        cookieChoiceInfo
ccm19          ccm-root ccm-modal ccm-widget
ccm19-embed    +ccm--blocked-embed
consentmanager-embed +cmplazypreviewelem
opencmp        opencmp
clickio        cl-consent cl-consent-visible
embed-privacy-embed +embed-privacy-container +embed-privacy-overlay
youtube-prefs-embed +__youtube_prefs_gdpr__
`

// A vendor is one name in the table.
type vendor struct {
	tool  string
	embed bool
}

type vendors struct {
	exact  map[string]vendor
	prefix []string // longest match is not needed: prefixes don't overlap
	of     []vendor
	first  [1 << 15 / 64]uint64 // how names begin
}

var knownVendors = sync.OnceValue(func() *vendors {
	v := &vendors{exact: map[string]vendor{}}
	for _, line := range strings.Split(strings.TrimSpace(vendorTable), "\n") {
		f := strings.Fields(line)
		for _, name := range f[1:] {
			bare, embed := strings.CutPrefix(strings.ToLower(name), "+")
			e := vendor{strings.TrimSuffix(f[0], "-embed"), embed}
			k := vendorKey(bare)
			v.first[k/64] |= 1 << (k % 64)
			if p, ok := strings.CutSuffix(bare, "*"); ok {
				v.prefix = append(v.prefix, p)
				v.of = append(v.of, e)
				continue
			}
			v.exact[bare] = e
		}
	}
	return v
})

// shortestVendor is the length of the shortest name in the table, or of a prefix.
const shortestVendor = 3

// vendorKey is the beginning of a name, whatever its case, five bits a letter.
func vendorKey(name string) uint32 {
	return uint32(name[0]&31)<<10 | uint32(name[1]&31)<<5 | uint32(name[2]&31)
}

// find looks up one id or one class, without regard to case.
func (v *vendors) find(name string) (vendor, bool) {
	if len(name) < shortestVendor || len(name) > 80 {
		return vendor{}, false
	}
	if k := vendorKey(name); v.first[k/64]&(1<<(k%64)) == 0 {
		return vendor{}, false
	}
	name = strings.ToLower(name)
	if e, ok := v.exact[name]; ok {
		return e, true
	}
	for i, p := range v.prefix {
		if strings.HasPrefix(name, p) {
			return v.of[i], true
		}
	}
	return vendor{}, false
}
