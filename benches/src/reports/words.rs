//! The words that reports are made of.

pub(super) const ACTS: &[&str] = &[
    "torture",
    "enforced disappearance",
    "arbitrary detention",
    "forced labour",
    "forced repatriation",
    "sexual violence",
    "public execution",
    "abduction",
    "collective punishment",
    "human trafficking",
    "forced abortion",
    "denial of food",
    "discrimination",
    "religious persecution",
];

pub(super) const PLACES: &[&str] = &[
    "Hoeryong",
    "Musan",
    "Onsong",
    "Chongjin",
    "Hyesan",
    "Sinuiju",
    "Hamhung",
    "Wonsan",
    "Nampo",
    "Kaesong",
    "Sariwon",
    "Haeju",
    "Rason",
    "Pyongyang",
    "North Hamgyong Province",
    "South Pyongan Province",
    "Ryanggang Province",
    "Chagang Province",
    "Kangwon Province",
];

pub(super) const MONTHS: &[&str] = &[
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

pub(super) const SPEAKERS: &[&str] = &[
    "the Special Rapporteur",
    "the High Commissioner",
    "the Commission of Inquiry",
    "the Secretary-General",
    "the Human Rights Council",
    "the General Assembly",
    "a group of families",
    "the working group",
    "Japan",
    "the European Union",
    "Norway",
    "the Republic of Korea",
];

pub(super) const PARTIES: &[&str] = &[
    "North Korea",
    "China",
    "the Security Council",
    "Russia",
    "the Republic of Korea",
    "Japan",
    "Member States",
    "the General Assembly",
];

pub(super) const CALLS: &[&str] = &["called on", "urged", "asked", "appealed to"];

pub(super) const DEMANDS: &[&str] = &[
    "close the political prison camps",
    "admit the Special Rapporteur",
    "respect the principle of non-refoulement",
    "end forced labour",
    "return all abductees without delay",
    "release all political prisoners",
    "refer the situation to the International Criminal Court",
    "end public executions",
    "let families meet",
    "protect refugees",
    "account for the missing",
    "abolish collective punishment",
    "allow humanitarian organisations into the country",
    "grant access to independent experts",
];

pub(super) const SURNAMES: &[&str] = &[
    "Kim", "Ri", "Pak", "Choe", "Jong", "Kang", "Jo", "Yun", "Jang", "Rim", "Han", "O", "So",
    "Sin", "Kwon", "Hwang", "An", "Song", "Ryu", "Hong",
];

pub(super) const GIVEN: &[&str] = &[
    "Chol", "Yong", "Song", "Hyok", "Myong", "Un", "Jin", "Nam", "Kum", "Sun", "Ok", "Hui", "Ryol",
    "Il", "Gwang", "Su", "Mi", "Hye", "Jong", "Ho", "Min", "Tae", "Won", "Ae", "Bok", "Chun",
];

pub(super) const OUTLETS: &[&str] = &[
    "The Harbour Gazette",
    "Northern Desk",
    "Strait Monitor",
    "The Ferry Post",
    "Families’ Bulletin",
    "Border Notes",
    "Rapporteurs’ Review",
    "Meridian Wire",
    "Peninsula Record",
    "The Lantern",
    "Observatory of the East",
    "Coast Radio",
];

pub(super) const FILLER: &[&str] = &[
    "archive", "bridge", "calendar", "district", "engine", "ferry", "garden", "harvest", "island",
    "journal", "kitchen", "ledger", "market", "notebook", "orchard", "passage", "quarry", "river",
    "school", "timber", "umbrella", "valley", "winter", "yard", "ribbon", "copper", "lantern",
    "mirror", "needle", "pepper", "saddle", "tunnel", "velvet", "window", "barrel", "candle",
];

pub(super) const KOREAN: &[&str] = &[
    "{year}년 3월 회령에서 주민 {count}명이 고문을 당했다고 특별보고관이 밝혔다.",
    "우리는 북한에 정치범수용소를 폐쇄할 것을 촉구한다.",
    "우리는 중국 정부에 강제송환 금지 원칙을 존중할 것을 요구한다.",
    "{year}년 무산에서 {count}명이 자의적으로 구금되었다고 한다.",
    "북한은 그러한 인권 침해가 존재하지 않는다고 부인하였다.",
    "시장 옆의 다리는 그해 겨울에 수리되었다.",
    "{year}년 이후 가족들은 아무 소식도 듣지 못하였다.",
    "{year}년 10월 {count}명이 중국에서 강제송환되었다는 보도가 나왔다.",
];

pub(super) const FRENCH: &[&str] = &[
    "En {year}, {count} personnes ont été soumises à la torture à Hoeryong, selon la Rapporteuse spéciale.",
    "Nous demandons à la Corée du Nord de fermer les camps de prisonniers politiques.",
    "Nous appelons la Chine à respecter le principe de non-refoulement.",
    "La Corée du Nord nie ces violations.",
    "Le pont près du marché a été réparé cet hiver-là.",
    "En {year}, {count} personnes auraient été renvoyées de force par la Chine.",
    "Les personnes renvoyées risquent la torture et la détention arbitraire.",
];

pub(super) const SPANISH: &[&str] = &[
    "En {year}, {count} personas fueron sometidas a tortura en Hoeryong, según la Relatora Especial.",
    "Pedimos a Corea del Norte que cierre los campos de prisioneros políticos.",
    "Instamos a China a respetar el principio de no devolución.",
    "Corea del Norte niega esas violaciones.",
    "El puente junto al mercado fue reparado aquel invierno.",
    "En {year}, China habría devuelto por la fuerza a {count} personas.",
    "Las personas devueltas corren el riesgo de sufrir tortura y detención arbitraria.",
];
