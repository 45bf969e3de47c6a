//! The protobuf wire format, read strictly and written plainly: varints, fixed-width values, length-delimited fields
//! and groups. Decides nothing about what a field means.

/// Input that is no wire format, and where it stops being so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WireError {
    /// Offset of the first byte that cannot be read, from the start of the whole input.
    pub(crate) offset: usize,
    /// What is wrong with it.
    pub(crate) problem: &'static str,
}

/// The value of a field.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Value<'a> {
    /// Wire type 0.
    Varint(u64),
    /// Wire type 1.
    Fixed64(u64),
    /// Wire type 2; the reader's position in the input is that of these bytes.
    Bytes(Reader<'a>),
    /// Wire type 3: the fields up to the matching end tag.
    Group(Reader<'a>),
    /// Wire type 5.
    Fixed32(u32),
}

/// Reads the fields of one message.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Reader<'a> {
    bytes: &'a [u8],
    position: usize,
    base: usize,
}

impl<'a> Reader<'a> {
    /// Reads a whole input.
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            position: 0,
            base: 0,
        }
    }

    /// The bytes that are still to be read.
    pub(crate) fn rest(&self) -> &'a [u8] {
        &self.bytes[self.position..]
    }

    /// The offset of the next byte, from the start of the whole input.
    pub(crate) fn offset(&self) -> usize {
        self.base + self.position
    }

    /// An error at the next byte.
    pub(crate) fn error(&self, problem: &'static str) -> WireError {
        WireError {
            offset: self.offset(),
            problem,
        }
    }

    /// Whether all was read.
    pub(crate) fn is_empty(&self) -> bool {
        self.position == self.bytes.len()
    }

    /// How far these bytes were read; for [`Reader::since`].
    pub(crate) fn position(&self) -> usize {
        self.position
    }

    /// What was read since an earlier position.
    pub(crate) fn since(&self, position: usize) -> &'a [u8] {
        &self.bytes[position..self.position]
    }

    /// The next field's number and value; `None` at the end.
    pub(crate) fn next(&mut self) -> Result<Option<(u32, Value<'a>)>, WireError> {
        if self.position == self.bytes.len() {
            return Ok(None);
        }
        let start = *self;
        let (number, wire_type) = self.tag()?;
        let value = match wire_type {
            0 => Value::Varint(self.varint()?),
            1 => Value::Fixed64(u64::from_le_bytes(self.array()?)),
            2 => Value::Bytes(self.delimited()?),
            3 => Value::Group(self.group(number)?),
            5 => Value::Fixed32(u32::from_le_bytes(self.array()?)),
            4 => return Err(start.error("a group ends that was not begun")),
            _ => return Err(start.error("a field has an unknown wire type")),
        };
        Ok(Some((number, value)))
    }

    /// A field's number and its wire type. A tag has at most five bytes and 32 bits, as in the official runtimes.
    #[inline]
    pub(crate) fn tag(&mut self) -> Result<(u32, u32), WireError> {
        let start = *self;
        let tag = u32::try_from(self.varint()?).unwrap_or(0);
        if tag < 8 || self.position - start.position > 5 {
            return Err(start.error("a field number is out of range"));
        }
        Ok((tag >> 3, tag & 7))
    }

    /// A varint.
    #[inline]
    pub(crate) fn varint(&mut self) -> Result<u64, WireError> {
        match self.bytes.get(self.position) {
            Some(&byte) if byte < 0x80 => {
                self.position += 1;
                Ok(u64::from(byte))
            }
            Some(_) | None => self.long_varint(),
        }
    }

    fn long_varint(&mut self) -> Result<u64, WireError> {
        let start = *self;
        let mut value = 0u64;
        for shift in (0..70).step_by(7) {
            let Some(&byte) = self.bytes.get(self.position) else {
                return Err(start.error("the input ends inside a number"));
            };
            self.position += 1;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(start.error("a number is longer than ten bytes"))
    }

    /// A fixed-width value of four or eight bytes.
    pub(crate) fn array<const N: usize>(&mut self) -> Result<[u8; N], WireError> {
        let Some(array) = self.rest().first_chunk::<N>() else {
            return Err(self.error("the input ends inside a fixed-width value"));
        };
        self.position += N;
        Ok(*array)
    }

    /// As many bytes as this.
    pub(crate) fn take(&mut self, length: usize) -> Result<&'a [u8], WireError> {
        let Some(bytes) = self.rest().get(..length) else {
            return Err(self.error("a length reaches beyond the end"));
        };
        self.position += length;
        Ok(bytes)
    }

    /// The bytes of a length-delimited value.
    #[inline]
    pub(crate) fn delimited(&mut self) -> Result<Self, WireError> {
        let start = *self;
        let length = usize::try_from(self.varint()?).unwrap_or(usize::MAX);
        if length > self.rest().len() {
            return Err(start.error("a length reaches beyond the end"));
        }
        let inner = Self {
            bytes: &self.rest()[..length],
            position: 0,
            base: self.offset(),
        };
        self.position += length;
        Ok(inner)
    }

    /// The fields of a group whose start tag was just read.
    fn group(&mut self, number: u32) -> Result<Self, WireError> {
        let start = *self;
        let end = self.skip_group(number, usize::MAX)?;
        Ok(Self {
            bytes: &start.rest()[..end - start.position],
            position: 0,
            base: start.offset(),
        })
    }

    /// Reads past a value of this wire type. Groups may nest to this depth.
    pub(crate) fn skip(
        &mut self,
        number: u32,
        wire_type: u32,
        depth: usize,
    ) -> Result<(), WireError> {
        match wire_type {
            0 => drop(self.varint()?),
            1 => drop(self.array::<8>()?),
            2 => drop(self.delimited()?),
            3 => drop(self.skip_group(number, depth)?),
            4 => return Err(self.error("a group ends that was not begun")),
            5 => drop(self.array::<4>()?),
            _ => return Err(self.error("a field has an unknown wire type")),
        }
        Ok(())
    }

    /// Reads past a group whose start tag was just read; returns the position of its end tag. Nested groups are walked
    /// without recursion.
    fn skip_group(&mut self, number: u32, depth: usize) -> Result<usize, WireError> {
        let start = *self;
        let mut open = vec![number];
        loop {
            if open.len() > depth {
                return Err(self.error(TOO_DEEP));
            }
            if self.is_empty() {
                return Err(start.error("a group does not end"));
            }
            let end = self.position;
            let (number, wire_type) = self.tag()?;
            match wire_type {
                3 => open.push(number),
                4 if open.pop() != Some(number) => {
                    return Err(start.error("a group ends that was not begun"));
                }
                4 if open.is_empty() => return Ok(end),
                4 => {}
                _ => self.skip(number, wire_type, depth)?,
            }
        }
    }
}

/// What is wrong with messages nested too deeply.
pub(crate) const TOO_DEEP: &str = "messages are nested too deeply";

/// Appends a varint.
pub(crate) fn put_varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push((value as u8 & 0x7f) | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Appends a field's tag.
pub(crate) fn put_tag(out: &mut Vec<u8>, number: u32, wire_type: u32) {
    put_varint(out, u64::from(number) << 3 | u64::from(wire_type));
}

/// Appends a length-delimited field.
pub(crate) fn put_bytes(out: &mut Vec<u8>, number: u32, bytes: &[u8]) {
    put_tag(out, number, 2);
    put_varint(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

/// The last varint of field `number` in a message; `None` if there is none or the bytes cannot be read.
pub(crate) fn last_varint(bytes: &[u8], number: u32) -> Option<u64> {
    let mut reader = Reader::new(bytes);
    let mut last = None;
    while let Ok(Some((found, value))) = reader.next() {
        if let Value::Varint(value) = value
            && found == number
        {
            last = Some(value);
        }
    }
    last
}

/// The last length-delimited value of field `number` in a message.
pub(crate) fn last_bytes(bytes: &[u8], number: u32) -> Option<&[u8]> {
    let mut reader = Reader::new(bytes);
    let mut last = None;
    while let Ok(Some((found, value))) = reader.next() {
        if let Value::Bytes(value) = value
            && found == number
        {
            last = Some(value.rest());
        }
    }
    last
}
