package extract

import (
	"slices"
	"strings"

	"golang.org/x/net/html/atom"
)

// resume finds the mode again after a table or a template.
func (b *builder) resume() {
	for i := len(b.open) - 1; i >= 0; i-- {
		switch b.open[i].DataAtom {
		case atom.Td, atom.Th:
			b.mode = inCell
		case atom.Tr:
			b.mode = inRow
		case atom.Tbody, atom.Thead, atom.Tfoot:
			b.mode = inTableBody
		case atom.Caption:
			b.mode = inCaption
		case atom.Colgroup:
			b.mode = inColumns
		case atom.Table:
			b.mode = inTable
		case atom.Head:
			b.mode = inHead
		case atom.Body, atom.Template: // in a template something has begun
			b.mode = inBody
		case atom.Html:
			b.mode = afterHead
		default:
			continue
		}
		return
	}
}

// clearTo closes what is open inside the innermost element that one of the tags names.
func (b *builder) clearTo(tags ...atom.Atom) {
	for i := len(b.open) - 1; i >= 0; i-- {
		a := b.open[i].DataAtom
		if a == atom.Html || a == atom.Template || slices.Contains(tags, a) {
			b.closeTo(i + 1)
			return
		}
	}
}

// closeAny closes the innermost element of one of the tags in a table's scope.
func (b *builder) closeAny(tags ...atom.Atom) bool {
	for i := len(b.open) - 1; i >= 0; i-- {
		a := b.open[i].DataAtom
		if slices.Contains(tags, a) {
			b.closeTo(i)
			return true
		}
		if stops(tableScope, a) {
			return false
		}
	}
	return false
}

func (b *builder) inTable() bool {
	switch b.kind {
	case textToken:
		if blankStart(b.data) < len(b.data) {
			return b.lose() // it comes to stand before the table
		}
		switch b.top().DataAtom {
		case atom.Table, atom.Tbody, atom.Tfoot, atom.Thead, atom.Tr:
			b.say(b.data)
			return true
		}
		return b.lose()
	case doctypeToken, endOfPage:
		return true
	case commentToken:
		b.comment(b.top())
		return true
	case startToken:
		switch b.tag {
		case atom.Caption:
			b.clearTo(atom.Table)
			b.formats = append(b.formats, nil)
			b.push()
			b.mode = inCaption
			return true
		case atom.Colgroup:
			b.clearTo(atom.Table)
			b.push()
			b.mode = inColumns
			return true
		case atom.Col:
			b.clearTo(atom.Table)
			b.imply(atom.Colgroup)
			b.mode = inColumns
			return false
		case atom.Tbody, atom.Tfoot, atom.Thead:
			b.clearTo(atom.Table)
			b.push()
			b.mode = inTableBody
			return true
		case atom.Td, atom.Th, atom.Tr:
			b.clearTo(atom.Table)
			b.imply(atom.Tbody)
			b.mode = inTableBody
			return false
		case atom.Table:
			if b.closeIf(tableScope, atom.Table) {
				b.resume()
				return false
			}
			return true
		case atom.Style, atom.Script, atom.Template:
			return b.metadata()
		case atom.Input:
			for _, a := range b.attr {
				if a.Key == "type" && strings.EqualFold(a.Val, "hidden") {
					b.add()
					return true
				}
			}
		case atom.Form:
			if b.templates > 0 {
				return b.lose()
			}
			if b.form == nil {
				b.form = b.add()
			}
			return true
		}
		return b.lose() // it comes to stand before the table
	}
	switch b.tag {
	case atom.Table:
		if b.closeIf(tableScope, atom.Table) {
			b.resume()
		}
		return true
	case atom.Body, atom.Caption, atom.Col, atom.Colgroup, atom.Html, atom.Tbody, atom.Td, atom.Tfoot, atom.Th, atom.Thead, atom.Tr:
		return true
	case atom.P, atom.Br:
		return b.lose()
	}
	return b.bodyEnd()
}

func (b *builder) inCaption() bool {
	if b.kind != startToken && b.kind != endToken {
		return b.inBody()
	}
	switch b.tag {
	case atom.Caption, atom.Col, atom.Colgroup, atom.Tbody, atom.Td, atom.Tfoot, atom.Thead, atom.Tr, atom.Table, atom.Th, atom.Body, atom.Html:
	default:
		return b.inBody()
	}
	switch {
	case b.kind == startToken && b.tag != atom.Th && b.tag != atom.Table && b.tag != atom.Body && b.tag != atom.Html, b.kind == endToken && b.tag == atom.Table:
		if !b.closeIf(tableScope, atom.Caption) {
			return true
		}
		b.forgetFormats()
		b.mode = inTable
		return false
	case b.kind == endToken:
		if b.tag == atom.Caption && b.closeIf(tableScope, atom.Caption) {
			b.forgetFormats()
			b.mode = inTable
		}
		return true
	}
	return b.inBody()
}

func (b *builder) inColumns() bool {
	switch b.kind {
	case textToken:
		if n := blankStart(b.data); n > 0 {
			b.say(b.data[:n])
			if b.data = b.data[n:]; b.data == "" {
				return true
			}
		}
	case commentToken:
		b.comment(b.top())
		return true
	case doctypeToken, endOfPage:
		return true
	case startToken:
		switch b.tag {
		case atom.Html:
			b.adopt(b.open[0])
			return true
		case atom.Col:
			b.add()
			return true
		case atom.Template:
			return b.lose()
		}
	case endToken:
		switch b.tag {
		case atom.Colgroup:
			if b.top().DataAtom == atom.Colgroup {
				b.pop()
				b.mode = inTable
			}
			return true
		case atom.Col:
			return true
		case atom.Template:
			return b.lose()
		}
	}
	if b.top().DataAtom != atom.Colgroup {
		return true
	}
	b.pop()
	b.mode = inTable
	return false
}

func (b *builder) inTableBody() bool {
	switch b.kind {
	case startToken:
		switch b.tag {
		case atom.Tr:
			b.clearTo(atom.Tbody, atom.Tfoot, atom.Thead)
			b.push()
			b.mode = inRow
			return true
		case atom.Td, atom.Th:
			b.clearTo(atom.Tbody, atom.Tfoot, atom.Thead)
			b.imply(atom.Tr)
			b.mode = inRow
			return false
		case atom.Caption, atom.Col, atom.Colgroup, atom.Tbody, atom.Tfoot, atom.Thead:
			if b.closeAny(atom.Tbody, atom.Thead, atom.Tfoot) {
				b.mode = inTable
				return false
			}
			return true
		}
	case endToken:
		switch b.tag {
		case atom.Tbody, atom.Tfoot, atom.Thead:
			if b.inScope(tableScope, b.tag) >= 0 {
				b.clearTo(atom.Tbody, atom.Tfoot, atom.Thead)
				b.pop()
				b.mode = inTable
			}
			return true
		case atom.Table:
			if b.closeAny(atom.Tbody, atom.Thead, atom.Tfoot) {
				b.mode = inTable
				return false
			}
			return true
		case atom.Body, atom.Caption, atom.Col, atom.Colgroup, atom.Html, atom.Td, atom.Th, atom.Tr:
			return true
		}
	}
	return b.inTable()
}

func (b *builder) inRow() bool {
	switch b.kind {
	case startToken:
		switch b.tag {
		case atom.Td, atom.Th:
			b.clearTo(atom.Tr)
			b.push()
			b.formats = append(b.formats, nil)
			b.mode = inCell
			return true
		case atom.Caption, atom.Col, atom.Colgroup, atom.Tbody, atom.Tfoot, atom.Thead, atom.Tr:
			return !b.endRow()
		}
	case endToken:
		switch b.tag {
		case atom.Tr:
			b.endRow()
			return true
		case atom.Table:
			return !b.endRow()
		case atom.Tbody, atom.Tfoot, atom.Thead:
			return b.inScope(tableScope, b.tag) < 0 || !b.endRow()
		case atom.Body, atom.Caption, atom.Col, atom.Colgroup, atom.Html, atom.Td, atom.Th:
			return true
		}
	}
	return b.inTable()
}

// endRow ends the row, if there is one.
func (b *builder) endRow() bool {
	if b.inScope(tableScope, atom.Tr) < 0 {
		return false
	}
	b.clearTo(atom.Tr)
	b.pop()
	b.mode = inTableBody
	return true
}

func (b *builder) inCell() bool {
	switch b.kind {
	case startToken:
		switch b.tag {
		case atom.Caption, atom.Col, atom.Colgroup, atom.Tbody, atom.Td, atom.Tfoot, atom.Th, atom.Thead, atom.Tr:
			return !b.endCell()
		}
	case endToken:
		switch b.tag {
		case atom.Td, atom.Th:
			if b.closeIf(tableScope, b.tag) {
				b.forgetFormats()
				b.mode = inRow
			}
			return true
		case atom.Body, atom.Caption, atom.Col, atom.Colgroup, atom.Html:
			return true
		case atom.Table, atom.Tbody, atom.Tfoot, atom.Thead, atom.Tr:
			if b.inScope(tableScope, b.tag) < 0 {
				return true
			}
			b.endCell()
			b.mode = inRow
			return false
		}
	}
	return b.inBody()
}

// endCell ends the cell, if there is one.
func (b *builder) endCell() bool {
	if !b.closeAny(atom.Td, atom.Th) {
		return false
	}
	b.forgetFormats()
	b.mode = inRow
	return true
}
