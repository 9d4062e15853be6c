package change

import "strings"

// Where letters have no capitals, a name is told by what stands beside it: the
// title that a person has, or the way in which papers name who speaks.

// titlesAfter follow a name in Japanese and Chinese.
var titlesAfter = strings.Fields(`氏 さん 容疑者 被告 選手 監督 首相 知事 議員 市長 町長 村長 社長 会長 教授 弁護士 記者 先生 女士 小姐 医生 律师`)

// titlesBefore stand before one.
var titlesBefore = strings.Fields(`主席 总统 總統 总理 總理 部长 部長 市长 省长 州长 县长 议员 發言人 发言人 记者 院长 校长 董事长 工程师 秘书长 书记
นาย นาง นางสาว ดร คุณ`)

// speaks are the verbs by which Chinese papers let a person speak.
var speaks = strings.Fields(`说 說 表示 称 稱 指出 认为 認為 强调 強調 透露 告诉`)

// surnames are the commonest of China, with which most of its people are named.
const surnames = `王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何林高罗羅郑鄭梁谢謝宋唐许許邓鄧韩韓冯馮曹彭曾肖萧蕭田董潘袁蔡蒋蔣余于杜叶葉程魏苏蘇吕呂丁任卢盧姚沈钟鍾姜崔谭譚陆陸范汪廖石金韦韋贾賈夏付方邹鄒熊白孟秦邱侯江尹薛阎闫段雷龙龍史陶贺賀毛郝顾顧龚龔邵万萬覃武钱錢戴莫孔向汤湯`

// titled reports that tokens from to before to are a name in a script without
// capitals, with a title or who speaks beside it.
func titled(p passage, from, to int) bool {
	const shortest, longestOf = 2, 12
	ts := p.tokens[from:to]
	if len(ts) < shortest || len(ts) > longestOf {
		return false
	}
	for _, t := range ts {
		if t.class != word || t.script == spacedScript {
			return false
		}
	}
	before, after := p.text[:ts[0].start], p.text[ts[len(ts)-1].end:]
	for _, w := range titlesAfter {
		if strings.HasPrefix(after, w) {
			return true
		}
	}
	if ts[0].script == clusterScript {
		before = strings.TrimRight(before, ". ")
	}
	for _, w := range titlesBefore {
		if strings.HasSuffix(before, w) {
			return ts[0].script == clusterScript || family(p.text[ts[0].start:])
		}
	}
	if len(ts) > 4 || !family(p.text[ts[0].start:]) {
		return false
	}
	for _, w := range speaks {
		if strings.HasPrefix(after, w) {
			return true
		}
	}
	return false
}

func family(name string) bool { return strings.ContainsRune(surnames, firstRune(name)) }
